using System.Collections.Immutable;

namespace Metamorph.Sandbox;

/// <summary>How a coordinator shares partitions among members (<c>group.consumer.assignors</c>).</summary>
internal static class ServerAssignors
{
    public const string Uniform = "uniform";
    public const string Range = "range";

    public static bool IsKnown(string name) => name is Uniform or Range;

    /// <summary>What each member shall have.</summary>
    /// <param name="name">The assignor.</param>
    /// <param name="members">Which topics each member wants; those that do not exist are left out.</param>
    /// <param name="before">What each should have had until now.</param>
    public static ImmutableSortedDictionary<string, ImmutableSortedSet<AssignedPartition>> Assign(
        string name,
        ImmutableSortedDictionary<string, IReadOnlyList<SandboxTopic>> members,
        ImmutableSortedDictionary<string, ImmutableSortedSet<AssignedPartition>> before) =>
        name == Range ? RangeServerAssignor.Assign(members) : UniformServerAssignor.Assign(members, before);

    /// <summary>Every partition that somebody wants, with who wants it, topics by name.</summary>
    public static IEnumerable<(SandboxTopic Topic, IReadOnlyList<string> Members)> Wanted(
        ImmutableSortedDictionary<string, IReadOnlyList<SandboxTopic>> members) =>
        members
            .SelectMany(member => member.Value.Select(topic => (Topic: topic, Member: member.Key)))
            .GroupBy(want => want.Topic)
            .OrderBy(wants => wants.Key.Name, StringComparer.Ordinal)
            .Select(wants => (wants.Key, (IReadOnlyList<string>)[.. wants.Select(want => want.Member)]));
}
