using System.Collections.Immutable;

namespace Metamorph.Sandbox;

/// <summary>A group of KIP-848 as its coordinator's log keeps it.</summary>
/// <param name="Epoch">Counts the changes of members, subscriptions and topics.</param>
/// <param name="AssignmentEpoch">The epoch that the target assignment was made for.</param>
/// <param name="Assignor">What made it.</param>
/// <param name="Members">By id.</param>
/// <param name="Targets">What each member shall have.</param>
internal sealed record ConsumerGroupImage(
    int Epoch,
    int AssignmentEpoch,
    string Assignor,
    ImmutableSortedDictionary<string, ConsumerMember> Members,
    ImmutableSortedDictionary<string, ImmutableSortedSet<AssignedPartition>> Targets)
{
    public static readonly ConsumerGroupImage Empty = new(
        0,
        0,
        "",
        ImmutableSortedDictionary.Create<string, ConsumerMember>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, ImmutableSortedSet<AssignedPartition>>(StringComparer.Ordinal));

    public ImmutableSortedSet<AssignedPartition> TargetOf(string member) =>
        Targets.GetValueOrDefault(member) ?? [];
}
