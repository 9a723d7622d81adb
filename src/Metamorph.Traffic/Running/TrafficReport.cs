using Metamorph.Traffic.Measuring;

namespace Metamorph.Traffic.Running;

/// <summary>Reads a run's books.</summary>
internal static class TrafficReport
{
    public static TrafficProgress Progress(RunBooks books, TrafficPhase phase)
    {
        var now = books.Clock.Now;
        var measures = books.Meter.Read(now);
        return new TrafficProgress
        {
            Phase = phase,
            Elapsed = now,
            Totals = books.Ledger.Totals,
            ProduceP50Ms = measures.Produce.P50Ms,
            ProduceP99Ms = measures.Produce.P99Ms,
            LongestGapMs = Ms(measures.LongestGap),
            Errors = books.Errors.Total,
        };
    }

    /// <param name="books">The books, after the last entry.</param>
    /// <param name="settledAt">When the last record was acknowledged or failed: the end of a gap that no acknowledgement ended.</param>
    public static TrafficResult Result(RunBooks books, TimeSpan settledAt)
    {
        var totals = books.Ledger.Totals;
        var measures = books.Meter.Read(settledAt);
        return new TrafficResult
        {
            Sent = totals.Sent,
            Acked = totals.Acked,
            Consumed = totals.Consumed,
            Lost = totals.Lost,
            Duplicated = totals.Duplicated,
            OutOfOrder = totals.OutOfOrder,
            ProduceP50Ms = measures.Produce.P50Ms,
            ProduceP99Ms = measures.Produce.P99Ms,
            LongestGapMs = Ms(measures.LongestGap),
            Errors = books.Errors.List(),
            Failed = totals.Failed,
            FailedButWritten = totals.FailedButWritten,
            Corrupt = totals.Corrupt,
            Redelivered = totals.Redelivered,
            ProduceP999Ms = measures.Produce.P999Ms,
            ProduceMaxMs = measures.Produce.MaxMs,
            EndToEndP50Ms = measures.EndToEnd.P50Ms,
            EndToEndP99Ms = measures.EndToEnd.P99Ms,
            EndToEndMaxMs = measures.EndToEnd.MaxMs,
            LongestGapAt = At(books, measures.LongestGap),
            LongestPartitionGapMs = Ms(measures.LongestPartitionGap),
            LongestPartitionGapPartition = measures.LongestPartitionGap == default ? null : measures.WorstPartition,
            LongestPartitionGapAt = At(books, measures.LongestPartitionGap),
        };
    }

    private static double Ms(Gap gap) => Math.Round(gap.Length.TotalMilliseconds, 3);

    private static DateTimeOffset? At(RunBooks books, Gap gap) => gap == default ? null : books.Clock.Beginning + gap.Begin;
}
