using System.Collections.Immutable;
using Metamorph.Kafka.Connections;
using Metamorph.Model;
using Metamorph.Nodes;

namespace Metamorph.Sandbox;

/// <summary>A sandbox in virtual time, for clients on the same one thread: the cluster, what runs it, and its network.</summary>
public sealed class VirtualSandbox : IDisposable
{
    private readonly VirtualTime time;
    private readonly InProcessTransport transport;

    /// <param name="listeners">The listeners of the cluster.</param>
    /// <param name="topology">Lays the cluster out, given where each listener is reached.</param>
    /// <param name="time">The clock that all share; the cluster begins now.</param>
    /// <param name="linesKept">How many lines of its history it keeps.</param>
    public VirtualSandbox(
        ImmutableArray<ListenerId> listeners,
        Func<Func<ListenerId, Endpoint>, SandboxTopology> topology,
        VirtualTime time,
        int linesKept = ClusterCore.LinesKeptByDefault)
    {
        this.time = time;
        Core = new ClusterCore(topology(EndpointOf) with { Start = time.Now }, linesKept);
        Host = new VirtualHost(Core, listeners, time);
        transport = new InProcessTransport(Host, listeners.Select(listener => KeyValuePair.Create(EndpointOf(listener), listener)));
    }

    public ClusterCore Core { get; }

    public VirtualHost Host { get; }

    public ITransport Transport => transport;

    /// <summary>The machines of its nodes, running or not.</summary>
    public ImmutableSortedDictionary<NodeId, INodeDriver> Drivers => Core.Topology.Nodes.ToImmutableSortedDictionary(
        node => node.Id, node => (INodeDriver)new SandboxNodeDriver(Host, Core, node.Id, time));

    public void Dispose()
    {
        transport.Dispose();
        Host.Dispose();
    }

    private static Endpoint EndpointOf(ListenerId listener) =>
        new($"node-{listener.Node}", listener.Kind == ListenerKind.Broker ? 9092 : 9093);
}
