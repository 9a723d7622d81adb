namespace Metamorph.Traffic.Measuring;

/// <summary>What was measured of a run.</summary>
/// <param name="Produce">From the intended send time to the acknowledgement.</param>
/// <param name="EndToEnd">From the intended send time to the first sight in a consumer.</param>
/// <param name="LongestGap">The longest time without any acknowledgement.</param>
/// <param name="LongestPartitionGap">The same for the partition that had it worst.</param>
/// <param name="WorstPartition">That partition.</param>
internal sealed record Measures(
    Latencies Produce, Latencies EndToEnd, Gap LongestGap, Gap LongestPartitionGap, int WorstPartition);

/// <summary>The usual percentiles; null where nothing was recorded.</summary>
internal sealed record Latencies(double? P50Ms, double? P99Ms, double? P999Ms, double? MaxMs)
{
    public static Latencies Of(LatencyHistogram histogram) => new(
        InMs(histogram.Percentile(50)),
        InMs(histogram.Percentile(99)),
        InMs(histogram.Percentile(99.9)),
        InMs(histogram.Percentile(100)));

    /// <summary>To the microsecond: more digits would be an artefact of the division.</summary>
    private static double? InMs(TimeSpan? duration) => duration is { } known ? Math.Round(known.TotalMilliseconds, 3) : null;
}
