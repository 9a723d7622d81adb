namespace Metamorph.Traffic.Measuring;

/// <summary>Latencies and gaps of everything that is produced. Thread-safe.</summary>
internal sealed class DeliveryMeter(int partitions)
{
    private readonly Lock guard = new();
    private readonly LatencyHistogram produce = new();
    private readonly LatencyHistogram endToEnd = new();
    private readonly GapMeter overall = new();
    private readonly GapMeter[] byPartition = [.. Enumerable.Range(0, partitions).Select(_ => new GapMeter())];

    public void Due(int partition, TimeSpan intended)
    {
        lock (guard)
        {
            overall.Due(intended);
            byPartition[partition].Due(intended);
        }
    }

    public void Acked(int partition, TimeSpan intended, TimeSpan now)
    {
        lock (guard)
        {
            produce.Record(now - intended);
            overall.Acked(now);
            byPartition[partition].Acked(now);
        }
    }

    public void Failed(int partition)
    {
        lock (guard)
        {
            overall.Failed();
            byPartition[partition].Failed();
        }
    }

    public void Received(TimeSpan intended, TimeSpan now)
    {
        lock (guard)
        {
            endToEnd.Record(now - intended);
        }
    }

    /// <summary>What was measured until <paramref name="now"/>, gaps that are still open included.</summary>
    public Measures Read(TimeSpan now)
    {
        lock (guard)
        {
            overall.Look(now);
            Array.ForEach(byPartition, meter => meter.Look(now));
            var worst = Enumerable.Range(0, byPartition.Length).MaxBy(index => byPartition[index].Longest.Length);
            return new Measures(
                Latencies.Of(produce), Latencies.Of(endToEnd), overall.Longest, byPartition[worst].Longest, worst);
        }
    }
}
