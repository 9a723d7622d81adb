using Metamorph.Traffic.Accounting;

namespace Metamorph.Traffic;

/// <summary>Where a run stands.</summary>
public sealed record TrafficProgress
{
    public TrafficPhase Phase { get; init; }

    /// <summary>Since the first record was due.</summary>
    public TimeSpan Elapsed { get; init; }

    public LedgerTotals Totals { get; init; } = new();

    /// <summary>From the intended send time to the acknowledgement; null before the first one.</summary>
    public double? ProduceP50Ms { get; init; }

    public double? ProduceP99Ms { get; init; }

    /// <summary>The longest time so far in which records were due and none was acknowledged, one that still lasts included.</summary>
    public double LongestGapMs { get; init; }

    /// <summary>Errors that reached the application, so far.</summary>
    public long Errors { get; init; }
}
