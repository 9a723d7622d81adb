using Metamorph.Kafka.Connections;
using Metamorph.Model;

namespace Metamorph.Kafka.Client;

/// <summary>Keeps one connection per node, and makes a new one when the old is of no use any more.</summary>
public sealed class ConnectionPool(ITransport transport, KafkaClientOptions options, TimeProvider time)
    : IAsyncDisposable
{
    private readonly Lock guard = new();
    private readonly Dictionary<Endpoint, Task<KafkaConnection>> connections = [];

    /// <summary>The connection to a node; callers that come at the same time share one.</summary>
    /// <exception cref="Errors.KafkaConnectionException">It could not be made; the next call tries again.</exception>
    public Task<KafkaConnection> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        lock (guard)
        {
            if (connections.TryGetValue(endpoint, out var known) && (!known.IsCompleted || IsUsable(known)))
            {
                return known.WaitAsync(cancellationToken);
            }

            // Not cancelled by this caller: another one may be waiting for the same connection.
            var fresh = KafkaConnection.OpenAsync(endpoint, transport, options, time, CancellationToken.None);
            connections[endpoint] = fresh;
            return fresh.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in connections.Values)
        {
            try
            {
                await (await connection).DisposeAsync();
            }
            catch (Errors.KafkaException)
            {
                // It never came to be: there is nothing to close.
            }
        }
    }

    private static bool IsUsable(Task<KafkaConnection> connection) =>
        connection.IsCompletedSuccessfully && connection.Result.IsUsable;
}
