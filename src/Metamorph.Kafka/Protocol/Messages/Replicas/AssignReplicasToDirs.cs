namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>A broker tells the controller in which log dirs its replicas are. KIP-858; API key 73.</summary>
/// <remarks>Needs CLUSTER_ACTION on CLUSTER.</remarks>
[KafkaMessage(ApiKey.AssignReplicasToDirs, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class AssignReplicasToDirsRequest
    : IKafkaRequest<AssignReplicasToDirsRequest, AssignReplicasToDirsResponse>
{
    [Field("0+")]
    public int BrokerId { get; init; }

    [Field("0+")]
    public long BrokerEpoch { get; init; } = -1;

    [Field("0+")]
    public LogDir[] Directories { get; init; } = [];

    public sealed partial class LogDir
    {
        [Field("0+")]
        public Guid Id { get; init; }

        [Field("0+")]
        public Topic[] Topics { get; init; } = [];
    }

    public sealed partial class Topic
    {
        [Field("0+")]
        public Guid TopicId { get; init; }

        [Field("0+")]
        public Partition[] Partitions { get; init; } = [];
    }

    public sealed partial class Partition
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }
    }
}

/// <summary>Answers <see cref="AssignReplicasToDirsRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.StaleBrokerEpoch"/>: the broker has registered anew. <see cref="ErrorCode.NotController"/>.
/// </remarks>
[KafkaMessage(ApiKey.AssignReplicasToDirs, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class AssignReplicasToDirsResponse : IKafkaResponse<AssignReplicasToDirsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public LogDir[] Directories { get; init; } = [];

    public sealed partial class LogDir
    {
        [Field("0+")]
        public Guid Id { get; init; }

        [Field("0+")]
        public Topic[] Topics { get; init; } = [];
    }

    public sealed partial class Topic
    {
        [Field("0+")]
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
    }
}
