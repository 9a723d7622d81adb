using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Metamorph.Model;

/// <summary>Everything that was seen of a cluster at one moment. Immutable; what did not answer is in it as unknown.</summary>
public sealed record ClusterSnapshot
{
    /// <summary>When the look began.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>How long the look took: so old may any part of it be at its end.</summary>
    public TimeSpan Took { get; init; }

    public required string ClusterId { get; init; }

    /// <summary>The brokers answer the APIs of ZooKeeper mode (LeaderAndIsr, UpdateMetadata).</summary>
    public bool IsZooKeeperMode { get; init; }

    /// <summary>Every node of the cluster file and every node that the cluster knows of.</summary>
    public required ImmutableSortedDictionary<NodeId, Node> Nodes { get; init; }

    public Observed<Quorum> Quorum { get; init; }

    public Observed<FinalizedFeatures> Features { get; init; }

    /// <summary>Controllers that are registered with the active controller (KIP-919, <c>metadata.version</c> 3.7-IV0 and later).</summary>
    public Observed<ImmutableArray<NodeId>> RegisteredControllers { get; init; }

    public required Observed<ImmutableArray<Topic>> Topics { get; init; }

    public Observed<ImmutableArray<Reassignment>> Reassignments { get; init; }

    public Observed<ImmutableArray<Throttle>> Throttles { get; init; }

    public Observed<ImmutableArray<ConsumerGroup>> Groups { get; init; }

    /// <summary>How many replicas are assigned to a node; null while the topics are not known.</summary>
    public int? ReplicasOn(NodeId node) => Topics.IsKnown
        ? Topics.Value.Sum(topic => topic.Partitions.Count(partition => partition.Replicas.Contains(node)))
        : null;

    [JsonIgnore]
    public IEnumerable<Node> Brokers => Nodes.Values.Where(node => node.IsBroker);

    [JsonIgnore]
    public IEnumerable<Node> Controllers => Nodes.Values.Where(node => node.IsController);
}
