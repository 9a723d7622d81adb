using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Model;

namespace Metamorph.Kafka.Client;

/// <summary>Sends requests to the nodes of one cluster: to a given one, or to any that answers.</summary>
/// <remarks>
/// Any broker forwards what only the active controller can do (KIP-590), so nothing here needs to know who that is.
/// </remarks>
public sealed class KafkaClient : IAsyncDisposable
{
    /// <summary>
    /// For so long a broker that did not answer is asked last: one that hangs would cost each question its whole
    /// timeout.
    /// </summary>
    private static readonly TimeSpan FailureMemory = TimeSpan.FromSeconds(10);

    private readonly Lock guard = new();
    private readonly ConnectionPool pool;
    private readonly Dictionary<Endpoint, long> failedAt = [];
    private readonly BrokerTurn everybodysTurn = new();
    private IReadOnlyList<Endpoint> brokers;

    /// <param name="bootstrap">Brokers to begin with; <see cref="Learn"/> replaces them by what the cluster itself
    /// says.</param>
    /// <param name="transport">How to reach them.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock.</param>
    public KafkaClient(
        IEnumerable<Endpoint> bootstrap, ITransport transport, KafkaClientOptions options, TimeProvider time)
    {
        Bootstrap = [.. bootstrap];
        brokers = Bootstrap;
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
        var known = live.Distinct().ToList();
        lock (guard)
        {
            brokers = known.Count > 0 ? known : Bootstrap;
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

    /// <summary>
    /// Asks the brokers in turn until one answers. Each call begins with another one, so that a stale broker does not
    /// speak for all.
    /// </summary>
    /// <remarks>
    /// The request may reach more than one broker: every request that is sent this way can be repeated.
    /// </remarks>
    /// <param name="request">The question.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="turn">Whose question it is; null: the turn goes on with whatever is asked.</param>
    /// <exception cref="KafkaException">None answered; the message names each.</exception>
    public Task<TResponse> SendToAnyAsync<TResponse>(
        IKafkaRequest<TResponse> request, CancellationToken cancellationToken, BrokerTurn? turn = null)
        where TResponse : IKafkaResponse<TResponse> =>
        AskAnyAsync(
            connection => connection.SendAsync(request, cancellationToken), request.Api.ToString(), cancellationToken, turn);

    /// <summary>
    /// As <see cref="SendToAnyAsync{TResponse}"/>, for a question that depends on the versions of the broker it
    /// reaches.
    /// </summary>
    /// <param name="ask">Asks over one connection.</param>
    /// <param name="what">The question's name, for the message.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="turn">Whose question it is; null: the turn goes on with whatever is asked.</param>
    /// <exception cref="KafkaException">None answered; the message names each.</exception>
    public async Task<T> AskAnyAsync<T>(
        Func<KafkaConnection, Task<T>> ask, string what, CancellationToken cancellationToken, BrokerTurn? turn = null)
    {
        turn ??= everybodysTurn;
        var failures = new List<string>();
        foreach (var endpoint in InTurn(turn))
        {
            turn.Last = endpoint;
            try
            {
                var answer = await ask(await pool.ConnectAsync(endpoint, cancellationToken));
                Forgive(endpoint);
                return answer;
            }
            catch (KafkaException e) when (e is KafkaConnectionException or KafkaUnsupportedException)
            {
                Postpone(endpoint);
                failures.Add(e.Message);
            }
        }

        throw new KafkaConnectionException("the cluster", $"no broker answered {what}: {string.Join("; ", failures)}");
    }

    public ValueTask DisposeAsync() => pool.DisposeAsync();

    private IEnumerable<Endpoint> InTurn(BrokerTurn turn)
    {
        lock (guard)
        {
            // Mostly the first one answers: the others are named when they are needed.
            var inTurn = turn.After(brokers).Concat(Bootstrap.Except(brokers));
            return failedAt.Count == 0 ? inTurn : inTurn.OrderBy(HasFailedLately).ToList();
        }
    }

    private bool HasFailedLately(Endpoint endpoint) =>
        failedAt.TryGetValue(endpoint, out var since) && Time.GetElapsedTime(since) < FailureMemory;

    private void Forgive(Endpoint endpoint)
    {
        lock (guard)
        {
            failedAt.Remove(endpoint);
        }
    }

    private void Postpone(Endpoint endpoint)
    {
        lock (guard)
        {
            failedAt[endpoint] = Time.GetTimestamp();
        }
    }
}
