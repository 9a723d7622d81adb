using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Safety;

/// <summary>May this node stop now? All that the gates may look at.</summary>
/// <param name="Now">A fresh snapshot.</param>
/// <param name="Node">The node to be stopped.</param>
public sealed record StopQuestion(ClusterSnapshot Now, NodeId Node)
{
    /// <summary>The snapshot before, to tell a falling lag from a rising one; null at the first look.</summary>
    public ClusterSnapshot? Before { get; init; }

    /// <summary>Topics whose unavailability during the restart the operator has accepted by name.</summary>
    public ImmutableSortedSet<string> AcceptedUnavailable { get; init; } = [];

    /// <summary>How many records each consumer group may be behind; a group that is not listed has no limit.</summary>
    public ImmutableSortedDictionary<string, long> LagLimits { get; init; } = ImmutableSortedDictionary<string, long>.Empty;
}
