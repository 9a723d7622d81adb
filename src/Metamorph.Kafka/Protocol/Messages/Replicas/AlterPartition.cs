namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>A leader proposes new in-sync replicas to the controller. KIP-497; API key 56.</summary>
/// <remarks>Needs CLUSTER_ACTION on CLUSTER.</remarks>
[KafkaMessage(ApiKey.AlterPartition, MessageKind.Request, Versions = "2-3", Flexible = "0+")]
public sealed partial class AlterPartitionRequest : IKafkaRequest<AlterPartitionRequest, AlterPartitionResponse>
{
    [Field("0+")]
    public int BrokerId { get; init; }

    [Field("0+")]
    public long BrokerEpoch { get; init; } = -1;

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    public sealed partial class Topic
    {
        [Field("2+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("0+")]
        public Partition[] Partitions { get; init; } = [];
    }

    public sealed partial class Partition
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public int LeaderEpoch { get; init; }

        [Field("0-2")]
        public int[] NewIsr { get; init; } = [];

        [Field("3+")]
        public BrokerState[] NewIsrWithEpochs { get; init; } = [];

        [Field("1+")]
        public sbyte LeaderRecoveryState { get; init; }

        /// <summary>The change that the proposal is based on; the controller refuses one based on an older.</summary>
        [Field("0+")]
        public int PartitionEpoch { get; init; }
    }

    public sealed partial class BrokerState
    {
        [Field("3+")]
        public int BrokerId { get; init; }

        [Field("3+")]
        public long BrokerEpoch { get; init; } = -1;
    }
}

/// <summary>Each partition as the controller has it now. Answers <see cref="AlterPartitionRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.InvalidUpdateVersion"/>: somebody was faster. <see cref="ErrorCode.FencedLeaderEpoch"/>:
/// another broker leads. <see cref="ErrorCode.IneligibleReplica"/>: a replica to come in is fenced or shutting down.
/// <see cref="ErrorCode.NewLeaderElected"/>: done, and it made another leader.
/// <see cref="ErrorCode.StaleBrokerEpoch"/>, <see cref="ErrorCode.NotController"/>.
/// </remarks>
[KafkaMessage(ApiKey.AlterPartition, MessageKind.Response, Versions = "2-3", Flexible = "0+")]
public sealed partial class AlterPartitionResponse : IKafkaResponse<AlterPartitionResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    public sealed partial class Topic
    {
        [Field("2+", Ignorable = true)]
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

        [Field("0+")]
        public int LeaderId { get; init; }

        [Field("0+")]
        public int LeaderEpoch { get; init; }

        [Field("0+")]
        public int[] Isr { get; init; } = [];

        [Field("1+", Ignorable = true)]
        public sbyte LeaderRecoveryState { get; init; }

        [Field("0+")]
        public int PartitionEpoch { get; init; }
    }
}
