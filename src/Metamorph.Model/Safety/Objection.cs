using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Metamorph.Model;

/// <summary>Why a gate is closed, with the numbers that were compared. Put into words once, in <c>Reporting</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NotKnown), "not-known")]
[JsonDerivedType(typeof(WouldStarve), "would-starve")]
[JsonDerivedType(typeof(Starved), "starved")]
[JsonDerivedType(typeof(WouldGoOffline), "would-go-offline")]
[JsonDerivedType(typeof(Leaderless), "leaderless")]
[JsonDerivedType(typeof(MinIsrUnknown), "min-isr-unknown")]
[JsonDerivedType(typeof(UnderReplicated), "under-replicated")]
[JsonDerivedType(typeof(NoActiveController), "no-active-controller")]
[JsonDerivedType(typeof(MajorityLost), "majority-lost")]
[JsonDerivedType(typeof(NodeDown), "node-down")]
[JsonDerivedType(typeof(NodeNotServing), "node-not-serving")]
[JsonDerivedType(typeof(ForeignReassignment), "foreign-reassignment")]
[JsonDerivedType(typeof(GroupLagging), "group-lagging")]
[JsonDerivedType(typeof(NotRegistered), "not-registered")]
[JsonDerivedType(typeof(FeatureMissing), "feature-missing")]
[JsonDerivedType(typeof(ReplicaOutOfSync), "replica-out-of-sync")]
[JsonDerivedType(typeof(VoterBehind), "voter-behind")]
[JsonDerivedType(typeof(MetadataBehind), "metadata-behind")]
[JsonDerivedType(typeof(LeadershipNotReturned), "leadership-not-returned")]
[JsonDerivedType(typeof(ReleaseBehind), "release-behind")]
[JsonDerivedType(typeof(GhostBroker), "ghost-broker")]
[JsonDerivedType(typeof(GhostController), "ghost-controller")]
[JsonDerivedType(typeof(VoterNotRegistered), "voter-not-registered")]
[JsonDerivedType(typeof(KafkaRefused), "kafka-refused")]
[JsonDerivedType(typeof(ApprovalMissing), "approval-missing")]
[JsonDerivedType(typeof(SoakNotOver), "soak-not-over")]
public abstract record Objection
{
    private protected Objection() { }

    /// <summary>The partition that it is about; null where it is about something else.</summary>
    [JsonIgnore]
    public virtual TopicPartition? About => null;

    /// <summary>A part of the snapshot that the judgement needs was not read.</summary>
    public sealed record NotKnown(string What, string Why) : Objection;

    /// <summary>Stopping the node would leave fewer in-sync replicas than <paramref name="Floor"/>.</summary>
    public sealed record WouldStarve(TopicPartition Partition, int IsrAfter, int Floor) : Objection
    {
        public override TopicPartition? About => Partition;
    }

    /// <summary>The partition is under min ISR already, and the node has a replica that may be the first to catch up.</summary>
    public sealed record Starved(TopicPartition Partition, int Isr, int Floor) : Objection
    {
        public override TopicPartition? About => Partition;
    }

    /// <summary>The node is the last in-sync replica: the partition would be offline while it is down.</summary>
    public sealed record WouldGoOffline(TopicPartition Partition, int Replicas) : Objection
    {
        public override TopicPartition? About => Partition;
    }

    /// <summary>The partition is offline: nobody leads it.</summary>
    public sealed record Leaderless(TopicPartition Partition, NodeList Replicas) : Objection
    {
        public override TopicPartition? About => Partition;
    }

    /// <summary><c>min.insync.replicas</c> of the topic could not be read.</summary>
    public sealed record MinIsrUnknown(string Topic, string Why) : Objection;

    /// <summary>A partition of the node is not whole yet: another replica is still catching up.</summary>
    public sealed record UnderReplicated(TopicPartition Partition, int Isr, int Replicas) : Objection
    {
        public override TopicPartition? About => Partition;
    }

    /// <summary>The quorum has no leader now.</summary>
    public sealed record NoActiveController : Objection;

    /// <summary>Without the node, too few voters would be current.</summary>
    /// <param name="Current">Voters other than the node that are within the fetch timeout of the leader.</param>
    /// <param name="Needed">The majority of all voters.</param>
    /// <param name="Behind">The voters that do not count, with how far they are behind.</param>
    public sealed record MajorityLost(int Current, int Needed, int Voters, ImmutableArray<Laggard> Behind) : Objection;

    /// <summary>A node has no running process; one at a time is the rule.</summary>
    public sealed record NodeDown(NodeId Node) : Objection;

    /// <summary>A node's process runs, but it does not serve yet.</summary>
    public sealed record NodeNotServing(NodeId Node, string Missing) : Objection;

    /// <summary>Somebody else is moving a partition.</summary>
    public sealed record ForeignReassignment(TopicPartition Partition, NodeList Adding, NodeList Removing) : Objection
    {
        public override TopicPartition? About => Partition;
    }

    /// <summary>A group with members is further behind than its limit, and not catching up.</summary>
    /// <param name="Before">Its lag at the snapshot before, null at the first.</param>
    public sealed record GroupLagging(string Group, long Lag, long Limit, long? Before) : Objection;

    /// <summary>The controller does not see the broker as unfenced.</summary>
    public sealed record NotRegistered(NodeId Node, BrokerRegistration Registration) : Objection;

    /// <summary>The node's binary, or its registration, lacks the level.</summary>
    public sealed record FeatureMissing(NodeId Node, string Feature, short Level, FeatureRange? Supported) : Objection;

    /// <summary>A replica on the node has not caught up.</summary>
    public sealed record ReplicaOutOfSync(NodeId Node, TopicPartition Partition) : Objection
    {
        public override TopicPartition? About => Partition;
    }

    /// <summary>The node's voter has not caught up with the quorum's leader.</summary>
    public sealed record VoterBehind(NodeId Node, long? LogEndOffset, long HighWatermark) : Objection;

    /// <summary>The broker does not follow the metadata log: what it tells of the cluster may be long past.</summary>
    /// <param name="BehindMs">Since it last held all that the active controller had, by that one's clock; null: it does not know.</param>
    public sealed record MetadataBehind(NodeId Node, double? BehindMs) : Objection;

    /// <summary>The node is the preferred leader, in sync, and another one leads.</summary>
    public sealed record LeadershipNotReturned(NodeId Node, TopicPartition Partition, NodeId? Leader) : Objection
    {
        public override TopicPartition? About => Partition;
    }

    /// <summary>A node does not run the target.</summary>
    public sealed record ReleaseBehind(NodeId Node, string Running, KafkaRelease Target) : Objection;

    /// <summary>A registered broker that is not in the cluster file and does not run: Kafka counts it (FeatureControlManager).</summary>
    /// <param name="Replicas">The replicas assigned to it; null: not known.</param>
    public sealed record GhostBroker(NodeId Node, int? Replicas) : Objection;

    /// <summary>A registered controller that is no voter and not in the cluster file.</summary>
    public sealed record GhostController(NodeId Node) : Objection;

    /// <summary>A voter that has not registered with the active controller.</summary>
    public sealed record VoterNotRegistered(NodeId Node) : Objection;

    /// <summary>Kafka said no, in its own words.</summary>
    public sealed record KafkaRefused(string Feature, short Level, string Error, string? Message) : Objection;

    /// <summary>The operator has not approved the finalisation.</summary>
    public sealed record ApprovalMissing : Objection;

    /// <summary>The soak that was asked for is not over.</summary>
    public sealed record SoakNotOver(DateTimeOffset Until) : Objection;
}

/// <summary>A voter that is too far behind to count; null: the leader does not know.</summary>
public sealed record Laggard(NodeId Node, double? BehindMs);
