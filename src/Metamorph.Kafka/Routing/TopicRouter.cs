using Metamorph.Kafka.Client;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Kafka.Routing;

/// <summary>Knows who leads the partitions of one topic, and asks anew when told that this is no longer so.</summary>
public sealed class TopicRouter(KafkaClient client, string topic)
{
    /// <summary>One frozen broker must not hold up the question for as long as a working request may take.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Kafka's own retry.backoff.ms: an election takes at least some tens of milliseconds to be known everywhere.</summary>
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock guard = new();
    private TopicView view = TopicView.Unknown(topic);
    private Task refreshing = Task.CompletedTask;
    private long? askedAt;

    public string Topic { get; } = topic;

    /// <summary>What is known now. Never changes in place.</summary>
    public TopicView View
    {
        get
        {
            lock (guard)
            {
                return view;
            }
        }
    }

    /// <summary>Asks a broker; callers that come while an answer is awaited share it. At most ten times a second.</summary>
    /// <returns>When the view is fresh. Cancelling ends only this caller's waiting.</returns>
    /// <exception cref="KafkaException">No broker answered; the view is as before.</exception>
    public Task RefreshAsync(CancellationToken cancellationToken)
    {
        lock (guard)
        {
            if (refreshing.IsCompleted)
            {
                refreshing = AskAsync();
            }

            return refreshing.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Asks until every partition has a leader.</summary>
    /// <exception cref="OperationCanceledException">It took longer than the caller wanted to wait.</exception>
    public async Task<TopicView> UntilCompleteAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await RefreshAsync(cancellationToken);
            }
            catch (KafkaException e) when (e.IsRetriable)
            {
                // Every broker may be starting: the caller's token says for how long to go on.
            }

            if (View is { IsComplete: true } complete)
            {
                return complete;
            }

            await Task.Delay(MinInterval, client.Time, cancellationToken);
        }
    }

    /// <summary>Takes a broker's hint at the new leader.</summary>
    /// <returns>Whether that was news, so that asking can be spared.</returns>
    internal bool Learn(int partition, PartitionLeader hint, Endpoint? endpoint)
    {
        lock (guard)
        {
            var before = view;
            view = view.With(partition, hint, endpoint);
            return !ReferenceEquals(before, view);
        }
    }

    private async Task AskAsync()
    {
        if (askedAt is { } last && client.Time.GetElapsedTime(last) is var since && since < MinInterval)
        {
            await Task.Delay(MinInterval - since, client.Time, CancellationToken.None);
        }

        askedAt = client.Time.GetTimestamp();
        var request = new MetadataRequest { Topics = [new() { Name = Topic }], AllowAutoTopicCreation = false };
        var answer = await client.AskAnyAsync(
            connection => connection.SendAsync(request, AnswerTimeout, CancellationToken.None),
            nameof(ApiKey.Metadata),
            CancellationToken.None);
        client.Learn(answer.Brokers.Select(broker => new Endpoint(broker.Host, broker.Port)));
        lock (guard)
        {
            view = view.With(answer);
        }
    }
}
