using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Planning;

/// <summary>All that preflight judges: the cluster, its machines, and what the operator wants.</summary>
public sealed record PreflightFacts
{
    public required ClusterSnapshot Now { get; init; }

    public required KafkaRelease Target { get; init; }

    public required FinalizePolicy Finalize { get; init; }

    public ImmutableSortedSet<string> AcceptedUnavailable { get; init; } = [];

    /// <summary>What was found on the machines: homes, configs, Java, releases.</summary>
    public ImmutableArray<Finding> OnMachines { get; init; } = [];

    /// <summary>Each node's <c>server.properties</c>.</summary>
    public ImmutableSortedDictionary<NodeId, ImmutableSortedDictionary<string, string>> Properties { get; init; } =
        ImmutableSortedDictionary<NodeId, ImmutableSortedDictionary<string, string>>.Empty;

    /// <summary>Each topic's own overrides; a topic that has none may be left out.</summary>
    public Observed<ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>> TopicOverrides { get; init; }

    /// <summary>Each broker's dynamic configs; a broker that has none may be left out.</summary>
    public Observed<ImmutableSortedDictionary<NodeId, ImmutableSortedDictionary<string, string>>> BrokerOverrides { get; init; }
}
