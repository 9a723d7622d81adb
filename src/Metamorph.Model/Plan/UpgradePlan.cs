using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Metamorph.Model;

/// <summary>What is intended, whole and immutable: what <c>plan</c> shows is what <c>upgrade</c> does.</summary>
public sealed record UpgradePlan
{
    /// <summary>The shape of this document; a reader refuses a newer one.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The name from the cluster file.</summary>
    public required string Cluster { get; init; }

    /// <summary>Kafka's own id of the cluster, so that a plan cannot run on another one.</summary>
    public required string ClusterId { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The lowest release that ran when the plan was made.</summary>
    public required KafkaRelease From { get; init; }

    public required KafkaRelease To { get; init; }

    public required FinalizePolicy Finalize { get; init; }

    public required ImmutableArray<Step> Steps { get; init; }

    /// <summary>Notes and warnings that the operator saw when the plan was approved.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Topics that the operator accepted to be unavailable while their only broker restarts.</summary>
    public ImmutableSortedSet<string> AcceptedUnavailable { get; init; } = [];

    /// <summary>Nodes that were down when the plan was made: the run starts them first. One that dies later is its operator's.</summary>
    public ImmutableSortedSet<NodeId> DownAtStart { get; init; } = [];

    /// <summary>The lag that each consumer group may have before a node is stopped.</summary>
    public ImmutableSortedDictionary<string, long> LagLimits { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>The levels that were finalized when the plan was made: where the way back leads.</summary>
    public ImmutableSortedDictionary<string, short> FeaturesBefore { get; init; } =
        ImmutableSortedDictionary<string, short>.Empty;

    /// <summary>How long the whole is expected to take, without waiting for an operator.</summary>
    public TimeSpan Forecast { get; init; }

    [JsonIgnore]
    public IEnumerable<Step.RestartNode> Restarts => Steps.OfType<Step.RestartNode>();

    /// <exception cref="KeyNotFoundException">The plan has no such step.</exception>
    public Step this[StepId id] =>
        Steps.FirstOrDefault(step => step.Id == id) ?? throw new KeyNotFoundException($"the plan has no step '{id}'");
}
