namespace Metamorph.Sandbox;

/// <summary>A topic of the cluster.</summary>
internal sealed class SandboxTopic(string name, Guid id, long createdAt)
{
    public string Name => name;

    public Guid Id => id;

    public bool IsInternal => name is InternalTopics.ConsumerOffsets or InternalTopics.TransactionState;

    /// <summary>The metadata offset of its first record.</summary>
    public long CreatedAt => createdAt;

    /// <summary>The metadata offset of its removal; null while it is there.</summary>
    public long? DeletedAt { get; set; }

    public List<SandboxPartition> Partitions { get; } = [];

    /// <summary>Its min ISR, as it was worked out when the configs were at a version (<see cref="PartitionControl"/>).</summary>
    public (long AsOf, int Value) MinIsr { get; set; } = (-1, 0);

    /// <summary>Whether it allows unclean elections, kept as <see cref="MinIsr"/> is.</summary>
    public (long AsOf, bool Value) AllowsUnclean { get; set; } = (-1, false);

    /// <summary>Whether a broker that has applied so much knows it.</summary>
    public bool IsKnownAt(long applied) => createdAt <= applied && !(DeletedAt <= applied);
}

/// <summary>The topics that coordinators keep their state in.</summary>
internal static class InternalTopics
{
    public const string ConsumerOffsets = "__consumer_offsets";

    public const string TransactionState = "__transaction_state";
}
