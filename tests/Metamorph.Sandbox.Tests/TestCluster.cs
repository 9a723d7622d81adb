using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Sandbox.Tests;

/// <summary>Small clusters to ask and to break: brokers 1 to n, and one controller of its own, 100, unless it is said otherwise.</summary>
internal static class TestCluster
{
    public const int Controller = 100;

    private const int FirstPort = 9000;

    /// <summary>A running cluster of plain brokers and one dedicated controller, all of one release.</summary>
    public static ClusterCore Of(string release, int brokers = 3, Func<SandboxTopology, SandboxTopology>? change = null)
    {
        var topology = new SandboxTopology
        {
            ClusterId = "MkU3OEVBNTcwNTJENDM2Qg",
            Nodes = [.. Enumerable.Range(1, brokers).Select(id => Broker(id, release)), ControllerOf(release)],
        };
        return new ClusterCore(change is null ? topology : change(topology));
    }

    public static NodeSpec Broker(int id, string release) => new()
    {
        Id = new NodeId(id),
        Release = KafkaRelease.Parse(release),
        BrokerEndpoint = new Endpoint("localhost", FirstPort + id),
    };

    public static NodeSpec ControllerOf(string release, int id = Controller) => new()
    {
        Id = new NodeId(id),
        IsBroker = false,
        IsController = true,
        Release = KafkaRelease.Parse(release),
        ControllerEndpoint = new Endpoint("localhost", FirstPort + id),
    };

    /// <summary>A topic whose partitions have these replicas, all of them in sync.</summary>
    public static TopicSpec Topic(string name, params int[][] replicas) => new()
    {
        Name = name,
        Partitions = [.. replicas.Select(each => new PartitionSpec { Replicas = each })],
    };

    /// <summary>With these topics from the beginning.</summary>
    public static Func<SandboxTopology, SandboxTopology> With(params TopicSpec[] topics) =>
        topology => topology with { Topics = [.. topics] };

    /// <summary>Lets so much time pass.</summary>
    public static void Pass(this ClusterCore core, TimeSpan time) => core.Step(core.Now + time, new Input.Tick());

    /// <summary>Lets time pass until something holds.</summary>
    /// <exception cref="InvalidOperationException">It does not within five minutes.</exception>
    public static void PassUntil(this ClusterCore core, Func<bool> holds)
    {
        var until = core.Now + TimeSpan.FromMinutes(5);
        while (!holds())
        {
            if (core.NextTimer is not { } next || next > until)
            {
                throw new InvalidOperationException("what was waited for did not happen");
            }

            core.Step(next, new Input.Tick());
        }
    }

    public static void Order(this ClusterCore core, int node, NodeOrder order) =>
        core.Step(core.Now, new Input.Ordered(new NodeId(node), order));

    public static PartitionRegistration PartitionOf(this ClusterCore core, string topic, int index) =>
        core.World.Metadata.FindTopic(topic)!.Partitions[index].Now;
}
