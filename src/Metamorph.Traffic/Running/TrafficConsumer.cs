using System.Collections.Immutable;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Consuming;
using Metamorph.Kafka.Groups;
using Metamorph.Kafka.Routing;
using Metamorph.Kafka.Waiting;
using Metamorph.Traffic.Accounting;

namespace Metamorph.Traffic.Running;

/// <summary>One member of a run's group: accounts for every record it is given.</summary>
internal sealed class TrafficConsumer : IAsyncDisposable
{
    private readonly KafkaClient fetching;
    private readonly KafkaClient coordinating;
    private readonly RunBooks books;
    private readonly GroupConsumer consumer;
    private readonly TaskCompletionSource joined = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TrafficConsumer(int number, RunContext context, RunBooks books, ImmutableDictionary<int, long> start)
    {
        this.books = books;
        fetching = context.NewClient($"consumer-{number}");
        coordinating = context.NewClient($"consumer-{number}-group");
        var options = new GroupConsumerOptions
        {
            Group = new GroupOptions { Group = context.Group },
            Fetch = new FetchOptions { MaxWait = context.Options.FetchWait },
            Start = start,
        };
        var router = new TopicRouter(fetching, context.Options.Topic);
        consumer = new GroupConsumer(fetching, coordinating, router, options, Take);
    }

    /// <summary>Waits until the group has given this member a share, or there is none to wait for any more. Asked once.</summary>
    public Task JoinedAsync(CancellationToken cancellationToken) => joined.OrCancelledAsync(cancellationToken);

    public async Task RunAsync(CancellationToken stop)
    {
        await consumer.RunAsync(stop);
        joined.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await fetching.DisposeAsync();
        await coordinating.DisposeAsync();
    }

    private void Take(ConsumerEvent happened)
    {
        switch (happened)
        {
            case ConsumerEvent.Assigned:
                joined.TrySetResult();
                break;
            case ConsumerEvent.Failed failed:
                books.Errors.Add(failed.Error);
                break;
            case ConsumerEvent.Received received:
                Account(received);
                break;
            default:
                throw new InvalidOperationException($"no account is kept of {happened}");
        }
    }

    private void Account(ConsumerEvent.Received received)
    {
        var now = books.Clock.Now;
        foreach (var record in received.Records)
        {
            if (books.Ledger.See(received.Partition, record, out var payload) is Sighting.First or Sighting.OutOfOrder)
            {
                books.Meter.Received(books.Clock.FromUnixMicros(payload.IntendedMicros), now);
            }
        }

        books.Read.Advance(received.Partition, received.Next);
    }
}
