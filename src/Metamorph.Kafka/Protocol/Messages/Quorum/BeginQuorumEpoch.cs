namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>A new leader of the quorum tells the voters. KIP-595; API key 53.</summary>
/// <remarks>Needs CLUSTER_ACTION on CLUSTER; sent by controllers alone.</remarks>
[KafkaMessage(ApiKey.BeginQuorumEpoch, MessageKind.Request, Versions = "0-1", Flexible = "1+")]
public sealed partial class BeginQuorumEpochRequest : IKafkaRequest<BeginQuorumEpochRequest, BeginQuorumEpochResponse>
{
    [Field("0+", Nullable = "0+")]
    public string? ClusterId { get; init; }

    [Field("1+", Ignorable = true)]
    public int VoterId { get; init; } = -1;

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

        [Field("1+", Ignorable = true)]
        public Guid VoterDirectoryId { get; init; }

        [Field("0+")]
        public int LeaderId { get; init; }

        [Field("0+")]
        public int LeaderEpoch { get; init; }
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

/// <summary>Answers <see cref="BeginQuorumEpochRequest"/>.</summary>
[KafkaMessage(ApiKey.BeginQuorumEpoch, MessageKind.Response, Versions = "0-1", Flexible = "1+")]
public sealed partial class BeginQuorumEpochResponse : IKafkaResponse<BeginQuorumEpochResponse>
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
