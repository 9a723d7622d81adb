using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Metamorph.Model;

/// <summary>The KRaft controller quorum as its leader reports it (DescribeQuorum).</summary>
public sealed record Quorum
{
    /// <summary>The active controller; null while there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required NodeId? Leader { get; init; }

    public int LeaderEpoch { get; init; }

    public long HighWatermark { get; init; }

    public required ImmutableArray<QuorumReplica> Voters { get; init; }

    public ImmutableArray<QuorumReplica> Observers { get; init; } = [];

    /// <summary><c>controller.quorum.fetch.timeout.ms</c> of the running nodes: a voter that is further behind does not count.</summary>
    public required TimeSpan FetchTimeout { get; init; }

    /// <summary>The leader's present time by its own clock; null: it has no stamp in its own report, and nobody can be compared.</summary>
    [JsonIgnore]
    public DateTimeOffset? LeaderNow => Leader is { } leader ? Voter(leader)?.LastCaughtUp : null;

    /// <summary>It held all of the leader's log less than the fetch timeout ago (the rule of Strimzi's KafkaQuorumCheck).</summary>
    public bool IsCurrent(QuorumReplica replica) =>
        replica.Id == Leader || LagOf(replica) < FetchTimeout;

    /// <summary>Since when it has not held all of the leader's log; null: the leader does not know.</summary>
    public TimeSpan? LagOf(QuorumReplica replica) => LeaderNow - replica.LastCaughtUp;

    public QuorumReplica? Voter(NodeId node) => Voters.FirstOrDefault(voter => voter.Id == node);
}

/// <summary>One voter or observer of the quorum. All times are the leader's clock.</summary>
public sealed record QuorumReplica
{
    public required NodeId Id { get; init; }

    /// <summary>The metadata log dir's id (KIP-853); null before Kafka 3.9.</summary>
    public Guid? DirectoryId { get; init; }

    /// <summary>Null: the leader does not know it, as after an election.</summary>
    public long? LogEndOffset { get; init; }

    public DateTimeOffset? LastFetch { get; init; }

    /// <summary>When it last held all that the leader had; the leader's own entry is the leader's present time.</summary>
    public DateTimeOffset? LastCaughtUp { get; init; }
}
