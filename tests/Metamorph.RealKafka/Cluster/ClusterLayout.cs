namespace Metamorph.RealKafka.Cluster;

/// <summary>Which nodes a cluster has and what each of them does.</summary>
public sealed record ClusterLayout
{
    private ClusterLayout(IReadOnlyList<NodeRoles> nodes) => Nodes = nodes;

    public IReadOnlyList<NodeRoles> Nodes { get; }

    public int BrokerCount => Nodes.Count(node => node.IsBroker);

    /// <summary>Every node is broker and controller; ids from 1.</summary>
    public static ClusterLayout Combined(int nodes) =>
        new([.. Enumerable.Range(1, nodes).Select(id => new NodeRoles(id, IsBroker: true, IsController: true))]);

    /// <summary>Brokers with ids from 1, controllers with ids from 101.</summary>
    public static ClusterLayout Dedicated(int brokers, int controllers) =>
        new([
            .. Enumerable.Range(101, controllers).Select(id => new NodeRoles(id, IsBroker: false, IsController: true)),
            .. Enumerable.Range(1, brokers).Select(id => new NodeRoles(id, IsBroker: true, IsController: false)),
        ]);
}

/// <summary>One node of a layout.</summary>
public sealed record NodeRoles(int Id, bool IsBroker, bool IsController);
