namespace Metamorph.Kafka.Protocol.Messages;

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

        [Field("0+")]
        public int LeaderId { get; init; }

        [Field("0+")]
        public int LeaderEpoch { get; init; }

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

        [Field("2+")]
        public Guid ReplicaDirectoryId { get; init; }

        [Field("0+")]
        public long LogEndOffset { get; init; }

        [Field("1+", Ignorable = true)]
        public long LastFetchTimestamp { get; init; } = -1;

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
