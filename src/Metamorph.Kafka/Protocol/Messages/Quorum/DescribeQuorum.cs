namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks how far each voter and observer of the metadata log is. KIP-595, KIP-836; API key 55.</summary>
/// <remarks>
/// Needs DESCRIBE on CLUSTER. Brokers pass it on to the active controller; asked directly, another controller
/// refuses. Version 2 has directory ids and addresses (KIP-853).
/// </remarks>
[KafkaMessage(ApiKey.DescribeQuorum, MessageKind.Request, Versions = "0-2", Flexible = "0+")]
public sealed partial class DescribeQuorumRequest : IKafkaRequest<DescribeQuorumRequest, DescribeQuorumResponse>
{
    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    public sealed partial class Topic
    {
        [Field("0+")]
        public string TopicName { get; init; } = "";

        [Field("0+")]
        public Partition[] Partitions { get; init; } = [];
    }

    public sealed partial class Partition
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }
    }
}

/// <summary>The quorum as the active controller sees it. Answers <see cref="DescribeQuorumRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotLeaderOrFollower"/>: the controller asked is not the active one.
/// <see cref="ErrorCode.ClusterAuthorizationFailed"/>. <see cref="ErrorCode.UnknownTopicOrPartition"/>: another log
/// than <c>__cluster_metadata</c> was asked for. The same codes stand at the top or at the partition.
/// </remarks>
[KafkaMessage(ApiKey.DescribeQuorum, MessageKind.Response, Versions = "0-2", Flexible = "0+")]
public sealed partial class DescribeQuorumResponse : IKafkaResponse<DescribeQuorumResponse>
{
    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("2+", Nullable = "2+", Ignorable = true)]
    public string? ErrorMessage { get; init; } = "";

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    [Field("2+")]
    public Node[] Nodes { get; init; } = [];

    public sealed partial class Topic
    {
        [Field("0+")]
        public string TopicName { get; init; } = "";

        [Field("0+")]
        public Partition[] Partitions { get; init; } = [];
    }

    public sealed partial class Partition
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("2+", Nullable = "2+", Ignorable = true)]
        public string? ErrorMessage { get; init; } = "";

        /// <summary>The active controller; -1 when there is none.</summary>
        [Field("0+")]
        public int LeaderId { get; init; }

        [Field("0+")]
        public int LeaderEpoch { get; init; }

        /// <summary>Where what a majority of voters has ends; -1 when the leader does not know yet.</summary>
        [Field("0+")]
        public long HighWatermark { get; init; }

        [Field("0+")]
        public ReplicaState[] CurrentVoters { get; init; } = [];

        [Field("0+")]
        public ReplicaState[] Observers { get; init; } = [];
    }

    public sealed partial class ReplicaState
    {
        [Field("0+")]
        public int ReplicaId { get; init; }

        /// <summary>Which disk of the voter it is (KIP-853); zero for a quorum without directory ids.</summary>
        [Field("2+")]
        public Guid ReplicaDirectoryId { get; init; }

        /// <summary>Where its log ends; -1 when the leader does not know.</summary>
        [Field("0+")]
        public long LogEndOffset { get; init; }

        /// <summary>When it last fetched, in milliseconds since 1970; -1 when unknown.</summary>
        [Field("1+", Ignorable = true)]
        public long LastFetchTimestamp { get; init; } = -1;

        /// <summary>When it last had all that the leader had, in milliseconds since 1970; -1 when unknown.</summary>
        [Field("1+", Ignorable = true)]
        public long LastCaughtUpTimestamp { get; init; } = -1;
    }

    public sealed partial class Node
    {
        [Field("2+")]
        public int NodeId { get; init; }

        [Field("2+")]
        public Listener[] Listeners { get; init; } = [];
    }

    public sealed partial class Listener
    {
        [Field("2+")]
        public string Name { get; init; } = "";

        [Field("2+")]
        public string Host { get; init; } = "";

        [Field("2+")]
        public ushort Port { get; init; }
    }
}
