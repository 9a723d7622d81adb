using System.Collections.Immutable;

namespace Metamorph.Kafka.Consuming;

/// <summary>What a consumer tells its application.</summary>
public abstract record ConsumerEvent
{
    private protected ConsumerEvent() { }

    /// <summary>The group gave this consumer these partitions, in place of those it had.</summary>
    public sealed record Assigned(ImmutableArray<int> Partitions) : ConsumerEvent;

    /// <summary>Records of one partition, in offset order. After a rebalance some may have been received before, by this consumer or another.</summary>
    /// <param name="Partition">The partition.</param>
    /// <param name="Records">The records; none where the log has only marks of its own.</param>
    /// <param name="Next">The offset to read next.</param>
    public sealed record Received(int Partition, IReadOnlyList<ConsumedRecord> Records, long Next) : ConsumerEvent;

    /// <summary>Something that repeating does not heal, by Kafka's name for it.</summary>
    /// <param name="Error">The name.</param>
    /// <param name="Partition">The partition concerned; null when all are.</param>
    public sealed record Failed(string Error, int? Partition) : ConsumerEvent;
}
