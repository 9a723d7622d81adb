using System.Collections.Immutable;
using Metamorph.Kafka.Connections;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>Connects clients of this process to a hosted cluster without a socket.</summary>
public sealed class InProcessTransport : ITransport, IDisposable
{
    private readonly ICoreHost host;
    private readonly ImmutableDictionary<Endpoint, ListenerId> listeners;
    private readonly FrontEndLimits limits;
    private readonly ByteBudget budget;

    /// <summary>Connections that were taken by a process that stands still, until it goes on or dies.</summary>
    private readonly Dictionary<ListenerId, List<MemoryDuplex>> parked = [];

    /// <param name="host">Runs the cluster.</param>
    /// <param name="listeners">Where its nodes listen.</param>
    /// <param name="limits">What is taken of clients.</param>
    public InProcessTransport(
        ICoreHost host, IEnumerable<KeyValuePair<Endpoint, ListenerId>> listeners, FrontEndLimits? limits = null)
    {
        this.host = host;
        this.listeners = listeners.ToImmutableDictionary();
        this.limits = limits ?? new FrontEndLimits();
        budget = new ByteBudget(this.limits.MaxBufferedBytes);
        host.Turned += Turn;
    }

    public ValueTask<Stream> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!listeners.TryGetValue(endpoint, out var listener)
            || host.ModeOf(listener) is not (var mode and not ListenerMode.Refusing))
        {
            throw new IOException($"{endpoint}: Connection refused");
        }

        var (near, far) = MemoryDuplex.Pair();
        if (mode == ListenerMode.Open)
        {
            Serve(listener, far);
        }
        else
        {
            Parked(listener).Add(far);
        }

        return ValueTask.FromResult<Stream>(near);
    }

    /// <summary>Whoever is connected stays so; the cluster's listeners are not followed any more.</summary>
    public void Dispose() => host.Turned -= Turn;

    private void Serve(ListenerId listener, MemoryDuplex far)
    {
        var loop = new ConnectionLoop(far, host, limits, budget);
        _ = loop.RunAsync(listener, "127.0.0.1", () => End(listener, far));
    }

    /// <summary>A process that is gone leaves a reset behind; one that lives hangs up.</summary>
    private void End(ListenerId listener, MemoryDuplex far)
    {
        if (host.ModeOf(listener) == ListenerMode.Refusing)
        {
            far.Reset();
        }
        else
        {
            far.Dispose();
        }
    }

    private void Turn(Output.Turned turned)
    {
        if (turned.Mode == ListenerMode.Hanging || !parked.Remove(turned.Listener, out var waiting))
        {
            return;
        }

        foreach (var far in waiting)
        {
            if (turned.Mode == ListenerMode.Open)
            {
                Serve(turned.Listener, far);
            }
            else
            {
                far.Reset();
            }
        }
    }

    private List<MemoryDuplex> Parked(ListenerId listener)
    {
        if (!parked.TryGetValue(listener, out var waiting))
        {
            parked[listener] = waiting = [];
        }

        return waiting;
    }
}
