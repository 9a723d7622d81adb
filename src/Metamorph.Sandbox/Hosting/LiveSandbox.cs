using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Nodes;

namespace Metamorph.Sandbox;

/// <summary>A sandbox that real clients can reach: the cluster, what runs it, and its ports.</summary>
public sealed class LiveSandbox : IAsyncDisposable
{
    private readonly TcpFrontEnd frontEnd;
    private readonly LiveHost host;

    private LiveSandbox(ClusterCore core, TcpFrontEnd frontEnd, LiveHost host) =>
        (Core, this.frontEnd, this.host) = (core, frontEnd, host);

    /// <summary>The cluster. Read it through <see cref="Host"/>.</summary>
    public ClusterCore Core { get; }

    public ICoreHost Host => host;

    /// <summary>Where clients begin: every broker.</summary>
    public ImmutableArray<Endpoint> Bootstrap => Core.Topology.Bootstrap;

    /// <summary>The machines of its nodes.</summary>
    public ImmutableSortedDictionary<NodeId, INodeDriver> Drivers => Core.Topology.Nodes
        .Where(node => node.IsRunning)
        .ToImmutableSortedDictionary(
            node => node.Id, node => (INodeDriver)new SandboxNodeDriver(host, Core, node.Id, TimeProvider.System));

    /// <summary>Takes the ports, and lets the cluster run at the wall clock's pace. Clients can connect when this returns.</summary>
    /// <param name="listeners">The listeners of the cluster.</param>
    /// <param name="topology">Lays the cluster out, given where each listener is reached.</param>
    /// <param name="options">Where they are to listen.</param>
    /// <param name="report">Hears of errors of the sandbox itself.</param>
    /// <exception cref="IOException">A port is not to be had.</exception>
    public static async Task<LiveSandbox> StartAsync(
        ImmutableArray<ListenerId> listeners,
        Func<Func<ListenerId, Endpoint>, SandboxTopology> topology,
        TcpFrontEndOptions options,
        Action<Exception> report)
    {
        var frontEnd = TcpFrontEnd.Bind(listeners, options, TimeProvider.System);
        LiveHost? host = null;
        try
        {
            var pace = ClockPace.Live(TimeProvider.System);
            var core = new ClusterCore(topology(frontEnd.EndpointOf) with { Start = pace.Now });
            host = new LiveHost(core, listeners, pace, report);
            await frontEnd.ServeAsync(host);
            return new LiveSandbox(core, frontEnd, host);
        }
        catch
        {
            host?.Dispose();
            await frontEnd.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        host.Dispose();
        await frontEnd.DisposeAsync();
    }
}
