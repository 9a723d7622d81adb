using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Model;

namespace Metamorph.Kafka.Client;

/// <summary>Sends requests to the nodes of one cluster: to a given one, or to any that answers.</summary>
/// <remarks>Any broker forwards what only the active controller can do (KIP-590), so nothing here needs to know who that is.</remarks>
public sealed class KafkaClient : IAsyncDisposable
{
    private readonly Lock guard = new();
    private readonly ConnectionPool pool;
    private List<Endpoint> brokers;
    private int turn;

    /// <param name="bootstrap">Brokers to begin with; <see cref="Learn"/> replaces them by what the cluster itself says.</param>
    /// <param name="transport">How to reach them.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock.</param>
    public KafkaClient(IEnumerable<Endpoint> bootstrap, ITransport transport, KafkaClientOptions options, TimeProvider time)
    {
        Bootstrap = [.. bootstrap];
        brokers = [.. Bootstrap];
        Options = options;
        Time = time;
        pool = new ConnectionPool(transport, options, time);
    }

    public IReadOnlyList<Endpoint> Bootstrap { get; }

    public KafkaClientOptions Options { get; }

    public TimeProvider Time { get; }

    /// <summary>Remembers where the brokers are. The bootstrap addresses stay as a last resort.</summary>
    public void Learn(IEnumerable<Endpoint> live)
    {
        lock (guard)
        {
            brokers = [.. live.Concat(Bootstrap).Distinct()];
        }
    }

    public Task<KafkaConnection> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken) =>
        pool.ConnectAsync(endpoint, cancellationToken);

    /// <summary>Asks one node.</summary>
    /// <exception cref="KafkaException">It did not answer, or not in words that can be read.</exception>
    public async Task<TResponse> SendAsync<TResponse>(
        Endpoint endpoint, IKafkaRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : IKafkaResponse<TResponse>
    {
        var connection = await pool.ConnectAsync(endpoint, cancellationToken);
        return await connection.SendAsync(request, cancellationToken);
    }

    /// <summary>Asks the brokers in turn until one answers. Each call begins with another one, so that a stale broker does not speak for all.</summary>
    /// <remarks>The request may reach more than one broker: every request that is sent this way can be repeated.</remarks>
    /// <exception cref="KafkaConnectionException">None answered; the message names each.</exception>
    public async Task<TResponse> SendToAnyAsync<TResponse>(
        IKafkaRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : IKafkaResponse<TResponse>
    {
        var failures = new List<string>();
        foreach (var endpoint in InTurn())
        {
            try
            {
                return await SendAsync(endpoint, request, cancellationToken);
            }
            catch (KafkaConnectionException e)
            {
                failures.Add(e.Message);
            }
        }

        throw new KafkaConnectionException("the cluster", $"no broker answered {request.Api}: {string.Join("; ", failures)}");
    }

    public ValueTask DisposeAsync() => pool.DisposeAsync();

    private List<Endpoint> InTurn()
    {
        lock (guard)
        {
            turn = (turn + 1) % brokers.Count;
            return [.. brokers.Skip(turn), .. brokers.Take(turn)];
        }
    }
}
