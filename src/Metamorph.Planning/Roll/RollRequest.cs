using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Planning;

/// <summary>What the operator wants, and what was seen: all that a roll is planned from.</summary>
public sealed record RollRequest
{
    /// <summary>The name from the cluster file.</summary>
    public required string Cluster { get; init; }

    public required ClusterSnapshot Now { get; init; }

    public required KafkaRelease Target { get; init; }

    public FinalizePolicy Finalize { get; init; } = FinalizePolicy.Ask;

    public ImmutableSortedSet<string> AcceptedUnavailable { get; init; } = [];

    /// <summary>Lag limits that the operator set; the others are derived from the lag that is there now.</summary>
    public ImmutableSortedDictionary<string, long> LagLimits { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>What preflight found; the plan keeps it, so that whoever approves sees it.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];
}
