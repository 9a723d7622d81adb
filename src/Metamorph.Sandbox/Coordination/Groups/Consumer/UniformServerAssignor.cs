using System.Collections.Immutable;

namespace Metamorph.Sandbox;

/// <summary>
/// All members get as equal a number of partitions as their subscriptions allow, and keep what they can.
/// </summary>
internal static class UniformServerAssignor
{
    public static ImmutableSortedDictionary<string, ImmutableSortedSet<AssignedPartition>> Assign(
        ImmutableSortedDictionary<string, IReadOnlyList<SandboxTopic>> members,
        ImmutableSortedDictionary<string, ImmutableSortedSet<AssignedPartition>> before)
    {
        var takers = new Dictionary<AssignedPartition, IReadOnlyList<string>>();
        foreach (var (topic, who) in ServerAssignors.Wanted(members))
        {
            for (var index = 0; index < topic.Partitions.Count; index++)
            {
                takers[new(topic.Id, index)] = who;
            }
        }

        var shares = members.Keys
            .ToDictionary(member => member, _ => new SortedSet<AssignedPartition>(), StringComparer.Ordinal);
        var owners = new Dictionary<AssignedPartition, string>();
        Keep(before, takers, shares, owners);
        foreach (var (partition, who) in takers.Where(each => !owners.ContainsKey(each.Key)).ToList())
        {
            Give(partition, Least(who, shares), shares, owners);
        }

        Even(takers, shares, owners);
        return shares.ToImmutableSortedDictionary(
            share => share.Key, share => share.Value.ToImmutableSortedSet(), StringComparer.Ordinal);
    }

    private static void Keep(
        ImmutableSortedDictionary<string, ImmutableSortedSet<AssignedPartition>> before,
        Dictionary<AssignedPartition, IReadOnlyList<string>> takers,
        Dictionary<string, SortedSet<AssignedPartition>> shares,
        Dictionary<AssignedPartition, string> owners)
    {
        foreach (var (member, had) in before)
        {
            foreach (var partition in had)
            {
                if (takers.TryGetValue(partition, out var who) && who.Contains(member)
                    && !owners.ContainsKey(partition))
                {
                    Give(partition, member, shares, owners);
                }
            }
        }
    }

    /// <summary>
    /// Moves one partition at a time from who has most to who has least, until no move makes it more even.
    /// </summary>
    private static void Even(
        Dictionary<AssignedPartition, IReadOnlyList<string>> takers,
        Dictionary<string, SortedSet<AssignedPartition>> shares,
        Dictionary<AssignedPartition, string> owners)
    {
        bool isMoving;
        do
        {
            isMoving = false;
            foreach (var (partition, who) in takers)
            {
                var owner = owners[partition];
                var least = Least(who, shares);
                if (shares[owner].Count > shares[least].Count + 1)
                {
                    shares[owner].Remove(partition);
                    Give(partition, least, shares, owners);
                    isMoving = true;
                }
            }
        }
        while (isMoving);
    }

    private static string Least(IReadOnlyList<string> who, Dictionary<string, SortedSet<AssignedPartition>> shares) =>
        who.MinBy(member => shares[member].Count)!;

    private static void Give(
        AssignedPartition partition,
        string member,
        Dictionary<string, SortedSet<AssignedPartition>> shares,
        Dictionary<AssignedPartition, string> owners)
    {
        shares[member].Add(partition);
        owners[partition] = member;
    }
}
