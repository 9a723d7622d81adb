using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Metamorph.Traffic;

/// <summary>The account of a run, as <c>metamorph traffic --format json</c> prints it.</summary>
public sealed record TrafficResult
{
    /// <summary>Records handed to a producer.</summary>
    public long Sent { get; init; }

    /// <summary>Records that all in-sync replicas have, as the leader said.</summary>
    public long Acked { get; init; }

    /// <summary>Records that a consumer saw, each counted once.</summary>
    public long Consumed { get; init; }

    /// <summary>Acknowledged records that no consumer saw. Where <see cref="Drained"/> is false, some may only not have been read yet.</summary>
    public long Lost { get; init; }

    /// <summary>Further copies of a record in the log, at offsets of their own.</summary>
    public long Duplicated { get; init; }

    /// <summary>Records that lie in the log the wrong way round to their producer's others in the partition.</summary>
    public long OutOfOrder { get; init; }

    /// <summary>From the intended send time to the acknowledgement; null where nothing was acknowledged.</summary>
    public double? ProduceP50Ms { get; init; }

    public double? ProduceP99Ms { get; init; }

    /// <summary>The longest time in which records were due and none was acknowledged.</summary>
    public double LongestGapMs { get; init; }

    /// <summary>Errors that reached the application, the most frequent first.</summary>
    public ImmutableArray<ErrorCount> Errors { get; init; } = [];

    /// <summary>Records that were given up.</summary>
    public long Failed { get; init; }

    /// <summary>Records that were given up and are in the log all the same.</summary>
    public long FailedButWritten { get; init; }

    /// <summary>Records with a wrong checksum.</summary>
    public long Corrupt { get; init; }

    /// <summary>Records that a consumer was given once more at the same offset: at-least-once at work, not a fault.</summary>
    public long Redelivered { get; init; }

    public double? ProduceP999Ms { get; init; }

    public double? ProduceMaxMs { get; init; }

    /// <summary>From the intended send time to the first sight in a consumer.</summary>
    public double? EndToEndP50Ms { get; init; }

    public double? EndToEndP99Ms { get; init; }

    public double? EndToEndMaxMs { get; init; }

    /// <summary>When the longest gap began; null where there was none.</summary>
    public DateTimeOffset? LongestGapAt { get; init; }

    /// <summary>The longest gap of the partition that had it worst: others may have been acknowledged meanwhile.</summary>
    public double LongestPartitionGapMs { get; init; }

    /// <summary>That partition, and when; null where there was none.</summary>
    public int? LongestPartitionGapPartition { get; init; }

    public DateTimeOffset? LongestPartitionGapAt { get; init; }

    /// <summary>Attempts that were repeated without the application noticing, the most frequent first.</summary>
    public ImmutableArray<ErrorCount> Retries { get; init; } = [];

    /// <summary>Whether consumers saw all there was before the drain timeout.</summary>
    public bool Drained { get; init; }

    /// <summary>How long records were due.</summary>
    public double ProducedSeconds { get; init; }

    /// <summary>The run's id, which every record carries.</summary>
    public Guid Run { get; init; }

    public string Topic { get; init; } = "";

    /// <summary>Whether an application would have noticed nothing but time.</summary>
    [JsonIgnore]
    public bool IsClean =>
        Drained && Lost == 0 && Duplicated == 0 && OutOfOrder == 0 && Corrupt == 0 && Failed == 0 && Errors.IsEmpty;
}
