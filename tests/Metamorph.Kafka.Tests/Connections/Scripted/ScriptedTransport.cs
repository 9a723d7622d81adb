using System.Collections.Concurrent;
using Metamorph.Kafka.Connections;
using Metamorph.Model;

namespace Metamorph.Tests;

/// <summary>A network in memory: who listens where is up to the test.</summary>
internal sealed class ScriptedTransport : ITransport
{
    private readonly ConcurrentDictionary<Endpoint, Func<ScriptedPeer, Task>> listeners = new();

    /// <summary>Whom anybody tried to connect to, in order.</summary>
    public ConcurrentQueue<Endpoint> Attempts { get; } = new();

    /// <summary>What the near end of each connection is wrapped in.</summary>
    public Func<Stream, Stream> Wrap { get; init; } = stream => stream;

    public void Listen(Endpoint endpoint, Func<ScriptedPeer, Task> serve) => listeners[endpoint] = serve;

    public void Listen(Endpoint endpoint, ScriptedBroker broker) => Listen(endpoint, broker.ServeAsync);

    /// <summary>The far end of the next connection to an endpoint, for the test itself to hold.</summary>
    public Task<ScriptedPeer> AcceptAsync(Endpoint endpoint)
    {
        var accepted = new TaskCompletionSource<ScriptedPeer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Listen(endpoint, peer =>
        {
            accepted.SetResult(peer);
            return Task.CompletedTask;
        });
        return accepted.Task;
    }

    public ValueTask<Stream> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        Attempts.Enqueue(endpoint);
        if (!listeners.TryGetValue(endpoint, out var serve))
        {
            throw new IOException($"nobody listens on {endpoint}");
        }

        var (near, far) = DuplexStream.Pair();
        _ = serve(new ScriptedPeer(far));
        return ValueTask.FromResult(Wrap(near));
    }
}
