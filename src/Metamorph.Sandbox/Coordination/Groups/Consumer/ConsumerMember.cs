using System.Collections.Immutable;

namespace Metamorph.Sandbox;

/// <summary>A member of a group of KIP-848: what it wants, what it has, and what it has still to give up.</summary>
internal sealed record ConsumerMember
{
    /// <summary>The epoch of a static member that has left for a while.</summary>
    public const int LeftForAWhile = -2;

    public required string Id { get; init; }

    public string? InstanceId { get; init; }

    public string? RackId { get; init; }

    public required string ClientId { get; init; }

    public required string ClientHost { get; init; }

    public TimeSpan RebalanceTimeout { get; init; }

    public ImmutableSortedSet<string> Topics { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The expression whose topics it wants too; null or empty: none.</summary>
    public string? Regex { get; init; }

    /// <summary>The assignor that it prefers.</summary>
    public string? Assignor { get; init; }

    /// <summary>How far it has come; the group's assignment epoch once it has nothing more to give up.</summary>
    public int Epoch { get; init; }

    public int PreviousEpoch { get; init; } = -1;

    public ConsumerMemberState State { get; init; }

    /// <summary>What it was told to have.</summary>
    public ImmutableSortedSet<AssignedPartition> Assigned { get; init; } = [];

    /// <summary>What it was told to give up, and has perhaps still.</summary>
    public ImmutableSortedSet<AssignedPartition> Revoking { get; init; } = [];

    public bool HasOrHolds(AssignedPartition partition) => Assigned.Contains(partition) || Revoking.Contains(partition);
}

/// <summary>What stands between a member and its target.</summary>
internal enum ConsumerMemberState
{
    /// <summary>Nothing.</summary>
    Stable,

    /// <summary>It has still to give partitions up.</summary>
    UnrevokedPartitions,

    /// <summary>Others have still to give up what it shall have.</summary>
    UnreleasedPartitions,
}
