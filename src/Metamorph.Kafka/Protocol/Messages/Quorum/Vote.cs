namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>
/// A controller asks another for its vote, or first whether it would get it. KIP-595, pre-votes KIP-996; API key 52.
/// </summary>
/// <remarks>Needs CLUSTER_ACTION on CLUSTER; sent by controllers alone.</remarks>
[KafkaMessage(ApiKey.Vote, MessageKind.Request, Versions = "0-2", Flexible = "0+")]
public sealed partial class VoteRequest : IKafkaRequest<VoteRequest, VoteResponse>
{
    [Field("0+", Nullable = "0+")]
    public string? ClusterId { get; init; }

    [Field("1+", Ignorable = true)]
    public int VoterId { get; init; } = -1;

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

        [Field("0+")]
        public int ReplicaEpoch { get; init; }

        [Field("0+")]
        public int ReplicaId { get; init; }

        [Field("1+", Ignorable = true)]
        public Guid ReplicaDirectoryId { get; init; }

        [Field("1+", Ignorable = true)]
        public Guid VoterDirectoryId { get; init; }

        [Field("0+")]
        public int LastOffsetEpoch { get; init; }

        [Field("0+")]
        public long LastOffset { get; init; }

        [Field("2+")]
        public bool PreVote { get; init; }
    }
}

/// <summary>Answers <see cref="VoteRequest"/>.</summary>
[KafkaMessage(ApiKey.Vote, MessageKind.Response, Versions = "0-2", Flexible = "0+")]
public sealed partial class VoteResponse : IKafkaResponse<VoteResponse>
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

        [Field("0+")]
        public bool VoteGranted { get; init; }
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
