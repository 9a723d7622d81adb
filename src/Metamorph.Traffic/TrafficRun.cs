using System.Collections.Immutable;
using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Consuming;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Routing;
using Metamorph.Traffic.Accounting;
using Metamorph.Traffic.Measuring;
using Metamorph.Traffic.Pacing;
using Metamorph.Traffic.Running;

namespace Metamorph.Traffic;

/// <summary>Produces and consumes at a steady rate, and accounts for every record: what an upgrade did to the applications of a cluster.</summary>
/// <remarks>
/// Records become due on a fixed schedule, and latency counts from then: what waits because the cluster does not answer is
/// measured as an application behind it would feel it. A run is used once.
/// </remarks>
/// <param name="options">The load. Must be valid.</param>
/// <param name="transport">How to reach the brokers.</param>
/// <param name="time">The clock.</param>
/// <param name="run">An id that no other run has; every record carries it.</param>
public sealed class TrafficRun(TrafficOptions options, ITransport transport, TimeProvider time, Guid run)
{
    /// <summary>How often the end of the drain is looked for.</summary>
    private static readonly TimeSpan DrainLook = TimeSpan.FromMilliseconds(20);

    private readonly RunContext context = new(options, transport, time, run);
    private volatile RunBooks? books;
    private volatile TrafficPhase phase;

    /// <summary>Where the run stands; to be asked at any time, from any thread.</summary>
    public TrafficProgress Progress =>
        books is { } open ? TrafficReport.Progress(open, phase) : new TrafficProgress { Phase = phase };

    /// <summary>Runs to the end of the duration, or until stopped; then lets everything on its way arrive, and accounts for it.</summary>
    /// <param name="stopProducing">No more records become due; what was sent is still waited for and accounted for.</param>
    /// <param name="abort">Nothing is waited for any more.</param>
    /// <exception cref="OperationCanceledException">Aborted: there is no result, and <see cref="Progress"/> tells what was known.</exception>
    /// <exception cref="KafkaException">The run could not begin: the cluster cannot be reached in time, or refuses.</exception>
    public async Task<TrafficResult> RunAsync(CancellationToken stopProducing, CancellationToken abort)
    {
        try
        {
            var start = await WithinStartAsync(PrepareAsync, stopProducing, abort);
            await using var fleet = new TrafficFleet(context, books!, start);
            await WithinStartAsync(fleet.StartAsync, stopProducing, abort);
            return await RunAsync(fleet, start.Count, stopProducing, abort);
        }
        catch (OperationCanceledException) when (phase == TrafficPhase.Starting && !abort.IsCancellationRequested)
        {
            return new TrafficResult { Run = run, Topic = options.Topic, Drained = true };
        }
    }

    private async Task<TrafficResult> RunAsync(
        TrafficFleet fleet, int partitions, CancellationToken stopProducing, CancellationToken abort)
    {
        var open = books!;
        open.Clock.Begin();
        phase = TrafficPhase.Producing;
        await fleet.ProduceAsync(
            new OpenLoopSchedule(options.RecordsPerSecond, options.Producers, partitions, options.Duration), stopProducing, abort);
        var produced = open.Clock.Now;
        phase = TrafficPhase.Flushing;
        await fleet.FlushAsync(abort);
        var settled = open.Clock.Now;
        phase = TrafficPhase.Draining;
        var drained = await DrainAsync(open, partitions, abort);
        phase = TrafficPhase.Done;
        return TrafficReport.Result(open, settled) with
        {
            Run = run,
            Topic = options.Topic,
            Drained = drained,
            ProducedSeconds = Math.Round(produced.TotalSeconds, 3),
            Retries = ErrorCounts.Sorted(fleet.Retries),
        };
    }

    /// <summary>The topic, where its logs end before the run, and the books.</summary>
    private async Task<ImmutableDictionary<int, long>> PrepareAsync(CancellationToken cancellationToken)
    {
        await using var client = context.NewClient("setup");
        var view = await new TopicSetup(client, options).PrepareAsync(cancellationToken);
        var start = await EndsAsync(view.PartitionCount, cancellationToken);
        books = new RunBooks(
            new RecordLedger(run, options.Producers, view.PartitionCount),
            new DeliveryMeter(view.PartitionCount),
            new ReadProgress(start),
            new RunClock(time),
            new ErrorCounts());
        return start;
    }

    /// <summary>Waits until consumers have read to the end, and so have seen every record and every copy of one.</summary>
    /// <returns>False when they had not within the drain timeout.</returns>
    private async Task<bool> DrainAsync(RunBooks open, int partitions, CancellationToken abort)
    {
        using var timeout = new CancellationTokenSource(options.DrainTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, abort);
        try
        {
            var ends = await EndsAsync(partitions, either.Token);
            while (!open.Read.HasReached(ends))
            {
                await Task.Delay(DrainLook, time, either.Token);
            }

            return true;
        }
        catch (OperationCanceledException) when (!abort.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<ImmutableDictionary<int, long>> EndsAsync(int partitions, CancellationToken cancellationToken)
    {
        await using var client = context.NewClient("offsets");
        var router = new TopicRouter(client, options.Topic);
        await router.UntilCompleteAsync(cancellationToken);
        return await new OffsetReader(client, router).EndsAsync(Enumerable.Range(0, partitions), cancellationToken);
    }

    /// <exception cref="KafkaConnectionException">It took longer than the start may take.</exception>
    private async Task<T> WithinStartAsync<T>(
        Func<CancellationToken, Task<T>> act, CancellationToken stopProducing, CancellationToken abort)
    {
        using var timeout = new CancellationTokenSource(options.StartTimeout, time);
        using var starting = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopProducing, abort);
        try
        {
            return await act(starting.Token);
        }
        catch (OperationCanceledException e) when (!stopProducing.IsCancellationRequested && !abort.IsCancellationRequested)
        {
            throw new KafkaConnectionException(
                string.Join(',', options.Bootstrap),
                $"the topic {options.Topic} or the group {context.Group} was not ready within {options.StartTimeout.TotalSeconds:0} s",
                innerException: e);
        }
    }
}
