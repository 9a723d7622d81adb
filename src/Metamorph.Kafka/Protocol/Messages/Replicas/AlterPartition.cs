namespace Metamorph.Kafka.Protocol.Messages;

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
