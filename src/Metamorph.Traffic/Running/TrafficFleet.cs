using System.Collections.Immutable;
using Metamorph.Traffic.Measuring;
using Metamorph.Traffic.Pacing;

namespace Metamorph.Traffic.Running;

/// <summary>A run's producers and consumers.</summary>
internal sealed class TrafficFleet : IAsyncDisposable
{
    private readonly RunBooks books;
    private readonly CancellationTokenSource reading = new();
    private readonly TrafficProducer[] producers;
    private readonly TrafficConsumer[] consumers;
    private Task consuming = Task.CompletedTask;

    /// <param name="context">What to run.</param>
    /// <param name="books">Where to keep account.</param>
    /// <param name="start">Where consumers begin: what was written before is none of this run's.</param>
    public TrafficFleet(RunContext context, RunBooks books, ImmutableDictionary<int, long> start)
    {
        this.books = books;
        producers = [.. Enumerable.Range(0, context.Options.Producers).Select(number => new TrafficProducer(number, context, books))];
        consumers = [.. Enumerable.Range(0, context.Options.Consumers).Select(number => new TrafficConsumer(number, context, books, start))];
    }

    /// <summary>What producers repeated without anyone noticing, by name.</summary>
    public IEnumerable<KeyValuePair<string, long>> Retries => producers.SelectMany(producer => producer.Retries);

    /// <summary>Gets producers their ids, and consumers their shares of the partitions.</summary>
    /// <returns>The fleet, ready.</returns>
    public async Task<TrafficFleet> StartAsync(CancellationToken cancellationToken)
    {
        consuming = Task.WhenAll(consumers.Select(consumer => consumer.RunAsync(reading.Token)));
        await Task.WhenAll(producers.Select(producer => producer.StartAsync(cancellationToken)));
        await Task.WhenAll(consumers.Select(consumer => consumer.JoinedAsync(cancellationToken)));
        return this;
    }

    /// <summary>Sends what becomes due, until the schedule ends or production is stopped.</summary>
    public Task ProduceAsync(OpenLoopSchedule schedule, CancellationToken stop, CancellationToken abort)
    {
        var pacer = new Pacer(schedule, books.Clock);
        return Task.WhenAll(producers.Select((producer, number) =>
            pacer.RunAsync(number, (partition, due) => producer.SendAsync(partition, due, abort), stop)));
    }

    /// <summary>Waits until every record that was sent is acknowledged or has failed.</summary>
    public Task FlushAsync(CancellationToken abort) => Task.WhenAll(producers.Select(producer => producer.FlushAsync(abort)));

    public async ValueTask DisposeAsync()
    {
        reading.Cancel();
        await consuming;
        await Task.WhenAll(producers.Select(producer => producer.DisposeAsync().AsTask()));
        await Task.WhenAll(consumers.Select(consumer => consumer.DisposeAsync().AsTask()));
        reading.Dispose();
    }
}
