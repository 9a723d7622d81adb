using System.Collections.Immutable;

namespace Metamorph.Sandbox;

/// <summary>A member's next step towards its target (<c>CurrentAssignmentBuilder</c>).</summary>
/// <param name="target">What it shall have.</param>
/// <param name="targetEpoch">The epoch of the target.</param>
/// <param name="owned">What it says that it has; null: it does not say.</param>
/// <param name="isHeldByOther">Whether another member has a partition, or has still to give it up.</param>
internal sealed class Reconciliation(
    ImmutableSortedSet<AssignedPartition> target,
    int targetEpoch,
    IReadOnlySet<AssignedPartition>? owned,
    Func<AssignedPartition, bool> isHeldByOther)
{
    public ConsumerMember Next(ConsumerMember member) => member.State switch
    {
        ConsumerMemberState.Stable when member.Epoch == targetEpoch => member,
        ConsumerMemberState.UnrevokedPartitions when Holds(member.Revoking) => member,
        _ => Step(member),
    };

    /// <summary>Nothing new is taken up before all that goes is given up.</summary>
    private ConsumerMember Step(ConsumerMember member)
    {
        var kept = member.Assigned.Intersect(target);
        var leaving = member.Assigned.Except(target);
        if (leaving.Count > 0 && Holds(leaving))
        {
            return member with { State = ConsumerMemberState.UnrevokedPartitions, Assigned = kept, Revoking = leaving };
        }

        var wanted = target.Except(kept);
        var free = wanted.Where(partition => !isHeldByOther(partition)).ToImmutableSortedSet();
        return member with
        {
            State = free.Count < wanted.Count ? ConsumerMemberState.UnreleasedPartitions : ConsumerMemberState.Stable,
            PreviousEpoch = member.Epoch == targetEpoch ? member.PreviousEpoch : member.Epoch,
            Epoch = targetEpoch,
            Assigned = kept.Union(free),
            Revoking = [],
        };
    }

    private bool Holds(ImmutableSortedSet<AssignedPartition> partitions) =>
        owned is null || partitions.Any(owned.Contains);
}
