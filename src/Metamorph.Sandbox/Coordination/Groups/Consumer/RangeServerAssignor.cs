using System.Collections.Immutable;

namespace Metamorph.Sandbox;

/// <summary>
/// Each topic by itself: members in the order of their ids get equal runs of its partitions, the first ones one more.
/// </summary>
internal static class RangeServerAssignor
{
    public static ImmutableSortedDictionary<string, ImmutableSortedSet<AssignedPartition>> Assign(
        ImmutableSortedDictionary<string, IReadOnlyList<SandboxTopic>> members)
    {
        var shares = members.Keys.ToDictionary(
            member => member, _ => ImmutableSortedSet.CreateBuilder<AssignedPartition>(), StringComparer.Ordinal);
        foreach (var (topic, takers) in ServerAssignors.Wanted(members))
        {
            var (each, more) = Math.DivRem(topic.Partitions.Count, takers.Count);
            for (var place = 0; place < takers.Count; place++)
            {
                var first = (place * each) + Math.Min(place, more);
                for (var index = first; index < first + each + (place < more ? 1 : 0); index++)
                {
                    shares[takers[place]].Add(new(topic.Id, index));
                }
            }
        }

        return shares.ToImmutableSortedDictionary(
            share => share.Key, share => share.Value.ToImmutable(), StringComparer.Ordinal);
    }
}
