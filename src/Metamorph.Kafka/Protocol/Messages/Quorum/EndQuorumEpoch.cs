namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>
/// A leader that stops tells the voters, so that they need not wait for a timeout. KIP-595; API key 54.
/// </summary>
/// <remarks>Needs CLUSTER_ACTION on CLUSTER; sent by controllers alone.</remarks>
[KafkaMessage(ApiKey.EndQuorumEpoch, MessageKind.Request, Versions = "0-1", Flexible = "1+")]
public sealed partial class EndQuorumEpochRequest : IKafkaRequest<EndQuorumEpochRequest, EndQuorumEpochResponse>
{
    [Field("0+", Nullable = "0+")]
    public string? ClusterId { get; init; }

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    [Field("1+", Ignorable = true)]
    public LeaderEndpoint[] LeaderEndpoints { get; init; } = [];

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
        public int LeaderId { get; init; }

        [Field("0+")]
        public int LeaderEpoch { get; init; }

        [Field("0", Ignorable = true)]
        public int[] PreferredSuccessors { get; init; } = [];

        [Field("1+", Ignorable = true)]
        public ReplicaInfo[] PreferredCandidates { get; init; } = [];
    }

    public sealed partial class ReplicaInfo
    {
        [Field("1+")]
        public int CandidateId { get; init; }

        [Field("1+")]
        public Guid CandidateDirectoryId { get; init; }
    }

    public sealed partial class LeaderEndpoint
    {
        [Field("1+")]
        public string Name { get; init; } = "";

        [Field("1+")]
        public string Host { get; init; } = "";

        [Field("1+")]
        public ushort Port { get; init; }
    }
}

/// <summary>Answers <see cref="EndQuorumEpochRequest"/>.</summary>
[KafkaMessage(ApiKey.EndQuorumEpoch, MessageKind.Response, Versions = "0-1", Flexible = "1+")]
public sealed partial class EndQuorumEpochResponse : IKafkaResponse<EndQuorumEpochResponse>
{
    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    [Field("1+", Tag = 0, Tagged = "1+")]
    public NodeEndpoint[] NodeEndpoints { get; init; } = [];

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

        [Field("0+")]
        public int LeaderId { get; init; }

        [Field("0+")]
        public int LeaderEpoch { get; init; }
    }

    public sealed partial class NodeEndpoint
    {
        [Field("1+")]
        public int NodeId { get; init; }

        [Field("1+")]
        public string Host { get; init; } = "";

        [Field("1+")]
        public ushort Port { get; init; }
    }
}
