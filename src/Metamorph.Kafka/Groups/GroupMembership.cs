using System.Collections.Immutable;

namespace Metamorph.Kafka.Groups;

/// <summary>A member's part in one generation of its group.</summary>
/// <param name="Member">The id that the coordinator gave it.</param>
/// <param name="Generation">Which rebalance this is the outcome of.</param>
/// <param name="Partitions">What it is to read of the topic.</param>
public sealed record GroupMembership(string Member, int Generation, ImmutableArray<int> Partitions);
