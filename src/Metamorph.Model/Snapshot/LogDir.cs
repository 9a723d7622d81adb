using System.Collections.Immutable;

namespace Metamorph.Model;

/// <summary>One log dir of a broker (DescribeLogDirs).</summary>
public sealed record LogDir
{
    public required string Path { get; init; }

    /// <summary>The size of the volume in bytes; null before Kafka 3.3, which does not tell.</summary>
    public long? TotalBytes { get; init; }

    /// <summary>The free space of the volume in bytes; null before Kafka 3.3.</summary>
    public long? UsableBytes { get; init; }

    /// <summary>The name of the error that the broker reported for the dir; null when it is well.</summary>
    public string? Error { get; init; }

    public required ImmutableArray<ReplicaSize> Replicas { get; init; }
}

/// <summary>The bytes of one replica's log segments in a log dir.</summary>
/// <param name="IsFuture">It is being moved here from another dir of the same broker.</param>
public readonly record struct ReplicaSize(TopicPartition Partition, long Bytes, bool IsFuture);
