namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>
/// Reads records, for a consumer or for a follower that replicates. KIP-227 sessions, KIP-392 follower fetching; API
/// key 1.
/// </summary>
/// <remarks>
/// Needs READ on each topic from a consumer, CLUSTER_ACTION on CLUSTER from a follower. From 12 on flexible, from 13
/// on topics go by id (KIP-516). <see cref="SessionId"/> 0 with <see cref="SessionEpoch"/> -1 asks outside any
/// session.
/// </remarks>
[KafkaMessage(ApiKey.Fetch, MessageKind.Request, Versions = "4-18", Flexible = "12+")]
public sealed partial class FetchRequest : IKafkaRequest<FetchRequest, FetchResponse>
{
    [Field("12+", Nullable = "12+", Tag = 0, Tagged = "12+", Ignorable = true)]
    public string? ClusterId { get; init; }

    /// <summary>The follower's node id; -1 for a consumer. From 15 on it is in <see cref="ReplicaState"/>.</summary>
    [Field("0-14")]
    public int ReplicaId { get; init; } = -1;

    [Field("15+", Tag = 1, Tagged = "15+")]
    public FollowerState ReplicaState { get; init; } = FollowerState.Unset;

    /// <summary>How long the broker may hold the answer back until <see cref="MinBytes"/> are there.</summary>
    [Field("0+")]
    public int MaxWaitMs { get; init; }

    [Field("0+")]
    public int MinBytes { get; init; }

    [Field("3+", Ignorable = true)]
    public int MaxBytes { get; init; } = int.MaxValue;

    /// <summary>0 reads up to the high watermark, 1 only what is committed.</summary>
    [Field("4+", Ignorable = true)]
    public sbyte IsolationLevel { get; init; }

    [Field("7+", Ignorable = true)]
    public int SessionId { get; init; }

    [Field("7+", Ignorable = true)]
    public int SessionEpoch { get; init; } = -1;

    [Field("0+")]
    public FetchTopic[] Topics { get; init; } = [];

    [Field("7+")]
    public ForgottenTopic[] ForgottenTopicsData { get; init; } = [];

    /// <summary>The consumer's rack; a broker may then name a nearer replica to read from.</summary>
    [Field("11+", Ignorable = true)]
    public string RackId { get; init; } = "";

    public sealed partial class FollowerState
    {
        [Field("15+")]
        public int ReplicaId { get; init; } = -1;

        [Field("15+")]
        public long ReplicaEpoch { get; init; } = -1;
    }

    public sealed partial class FetchTopic
    {
        [Field("0-12", Ignorable = true)]
        public string Topic { get; init; } = "";

        [Field("13+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("0+")]
        public FetchPartition[] Partitions { get; init; } = [];
    }

    public sealed partial class FetchPartition
    {
        [Field("0+")]
        public int Partition { get; init; }

        /// <summary>The leader epoch the asker knows; -1 when it does not care.</summary>
        [Field("9+", Ignorable = true)]
        public int CurrentLeaderEpoch { get; init; } = -1;

        [Field("0+")]
        public long FetchOffset { get; init; }

        /// <summary>
        /// The leader epoch of the last record a follower has, by which the leader notices that logs diverge
        /// (KIP-595); -1 for none.
        /// </summary>
        [Field("12+")]
        public int LastFetchedEpoch { get; init; } = -1;

        /// <summary>The first offset a follower still has; -1 for a consumer.</summary>
        [Field("5+", Ignorable = true)]
        public long LogStartOffset { get; init; } = -1;

        [Field("0+")]
        public int PartitionMaxBytes { get; init; }

        [Field("17+", Tag = 0, Tagged = "17+", Ignorable = true)]
        public Guid ReplicaDirectoryId { get; init; }

        [Field("18+", Tag = 1, Tagged = "18+", Ignorable = true)]
        public long HighWatermark { get; init; } = long.MaxValue;
    }

    public sealed partial class ForgottenTopic
    {
        [Field("7-12", Ignorable = true)]
        public string Topic { get; init; } = "";

        [Field("13+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("7+")]
        public int[] Partitions { get; init; } = [];
    }
}

/// <summary>Records, as the log has them. Answers <see cref="FetchRequest"/>.</summary>
/// <remarks>
/// Records are slices of the frame, and the last batch may be cut off. <see cref="ErrorCode.OffsetOutOfRange"/>:
/// before the log's start or after its end. <see cref="ErrorCode.NotLeaderOrFollower"/>,
/// <see cref="ErrorCode.FencedLeaderEpoch"/>: ask who leads; from 16 on the answer says so itself (KIP-951).
/// <see cref="ErrorCode.UnknownLeaderEpoch"/>: the broker is behind the asker, try again.
/// <see cref="ErrorCode.OffsetNotAvailable"/>: a new leader does not know its high watermark yet.
/// <see cref="ErrorCode.FetchSessionIdNotFound"/>, <see cref="ErrorCode.InvalidFetchSessionEpoch"/>: start a new
/// session. <see cref="ErrorCode.OffsetMovedToTieredStorage"/>: followers only.
/// </remarks>
[KafkaMessage(ApiKey.Fetch, MessageKind.Response, Versions = "4-18", Flexible = "12+")]
public sealed partial class FetchResponse : IKafkaResponse<FetchResponse>
{
    [Field("1+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("7+", Ignorable = true)]
    public ErrorCode ErrorCode { get; init; }

    /// <summary>The session to go on with; 0 when the broker made none.</summary>
    [Field("7+")]
    public int SessionId { get; init; }

    [Field("0+")]
    public TopicResponse[] Responses { get; init; } = [];

    [Field("16+", Tag = 0, Tagged = "16+")]
    public NodeEndpoint[] NodeEndpoints { get; init; } = [];

    public sealed partial class TopicResponse
    {
        [Field("0-12", Ignorable = true)]
        public string Topic { get; init; } = "";

        [Field("13+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("0+")]
        public Partition[] Partitions { get; init; } = [];
    }

    public sealed partial class Partition
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        /// <summary>Where what all in-sync replicas have ends.</summary>
        [Field("0+")]
        public long HighWatermark { get; init; }

        /// <summary>Where what is decided ends: nothing before it is in an open transaction.</summary>
        [Field("4+", Ignorable = true)]
        public long LastStableOffset { get; init; } = -1;

        [Field("5+", Ignorable = true)]
        public long LogStartOffset { get; init; } = -1;

        /// <summary>
        /// Where a follower's log parts from the leader's, and must be cut (KIP-595); -1 when it does not.
        /// </summary>
        [Field("12+", Tag = 0, Tagged = "12+")]
        public EpochEndOffset DivergingEpoch { get; init; } = EpochEndOffset.Unset;

        [Field("12+", Tag = 1, Tagged = "12+")]
        public LeaderIdAndEpoch CurrentLeader { get; init; } = LeaderIdAndEpoch.Unset;

        /// <summary>
        /// The snapshot a follower must fetch, because the log no longer goes back so far (KIP-630); -1 for none.
        /// </summary>
        [Field("12+", Tag = 2, Tagged = "12+")]
        public SnapshotId SnapshotId { get; init; } = SnapshotId.Unset;

        [Field("4+", Nullable = "4+", Ignorable = true)]
        public AbortedTransaction[]? AbortedTransactions { get; init; } = [];

        /// <summary>A nearer replica to read from; -1 to stay here.</summary>
        [Field("11+")]
        public int PreferredReadReplica { get; init; } = -1;

        /// <summary>Batches as the log has them; null or empty when there are none.</summary>
        [Field("0+", Nullable = "0+")]
        public ReadOnlyMemory<byte>? Records { get; init; }
    }

    public sealed partial class EpochEndOffset
    {
        [Field("12+")]
        public int Epoch { get; init; } = -1;

        [Field("12+")]
        public long EndOffset { get; init; } = -1;
    }

    public sealed partial class LeaderIdAndEpoch
    {
        [Field("12+")]
        public int LeaderId { get; init; } = -1;

        [Field("12+")]
        public int LeaderEpoch { get; init; } = -1;
    }

    public sealed partial class SnapshotId
    {
        [Field("0+")]
        public long EndOffset { get; init; } = -1;

        [Field("0+")]
        public int Epoch { get; init; } = -1;
    }

    public sealed partial class AbortedTransaction
    {
        [Field("4+")]
        public long ProducerId { get; init; }

        [Field("4+")]
        public long FirstOffset { get; init; }
    }

    public sealed partial class NodeEndpoint
    {
        [Field("16+")]
        public int NodeId { get; init; }

        [Field("16+")]
        public string Host { get; init; } = "";

        [Field("16+")]
        public int Port { get; init; }

        [Field("16+", Nullable = "16+")]
        public string? Rack { get; init; }
    }
}
