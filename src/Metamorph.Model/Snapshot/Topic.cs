using System.Collections.Immutable;

namespace Metamorph.Model;

/// <summary>One topic with its partitions, internal topics included.</summary>
public sealed record Topic
{
    public required string Name { get; init; }

    /// <summary>The topic's id; <see cref="Guid.Empty"/> where the brokers do not tell it.</summary>
    public Guid Id { get; init; }

    public bool IsInternal { get; init; }

    /// <summary>The topic's <c>min.insync.replicas</c> as configured, defaults applied by the broker that was asked.</summary>
    public Observed<int> MinIsr { get; init; }

    public required ImmutableArray<Partition> Partitions { get; init; }

    /// <summary>The in-sync replicas that an <c>acks=all</c> write needs: <c>min(min.insync.replicas, replicas)</c>.</summary>
    /// <remarks>Kafka 3.7 and later cap the configured value at the replica count (KAFKA-15583); before that such a
    /// partition refuses writes whatever we do, so the capped value is the right floor for judging a restart.</remarks>
    public Observed<int> FloorOf(Partition partition) =>
        MinIsr.IsKnown ? Observed<int>.Of(Math.Min(MinIsr.Value, partition.Replicas.Count)) : MinIsr;

    public TopicPartition IdOf(Partition partition) => new(Name, partition.Index);
}
