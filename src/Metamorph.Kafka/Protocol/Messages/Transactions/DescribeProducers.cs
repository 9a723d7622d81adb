namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>
/// Asks the leader of partitions who is writing to them, and in which transaction. KIP-664; API key 61.
/// </summary>
/// <remarks>Needs READ on each topic.</remarks>
[KafkaMessage(ApiKey.DescribeProducers, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class DescribeProducersRequest
    : IKafkaRequest<DescribeProducersRequest, DescribeProducersResponse>
{
    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    public sealed partial class Topic
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public int[] PartitionIndexes { get; init; } = [];
    }
}

/// <summary>The producers that each partition remembers. Answers <see cref="DescribeProducersRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotLeaderOrFollower"/>: ask who leads. <see cref="ErrorCode.UnknownTopicOrPartition"/>,
/// <see cref="ErrorCode.TopicAuthorizationFailed"/>.
/// </remarks>
[KafkaMessage(ApiKey.DescribeProducers, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class DescribeProducersResponse : IKafkaResponse<DescribeProducersResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public TopicResponse[] Topics { get; init; } = [];

    public sealed partial class TopicResponse
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public PartitionResponse[] Partitions { get; init; } = [];
    }

    public sealed partial class PartitionResponse
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? ErrorMessage { get; init; }

        [Field("0+")]
        public ProducerState[] ActiveProducers { get; init; } = [];
    }

    public sealed partial class ProducerState
    {
        [Field("0+")]
        public long ProducerId { get; init; }

        [Field("0+")]
        public int ProducerEpoch { get; init; }

        [Field("0+")]
        public int LastSequence { get; init; } = -1;

        [Field("0+")]
        public long LastTimestamp { get; init; } = -1;

        [Field("0+")]
        public int CoordinatorEpoch { get; init; }

        /// <summary>Where its open transaction starts; -1 when it has none.</summary>
        [Field("0+")]
        public long CurrentTxnStartOffset { get; init; } = -1;
    }
}
