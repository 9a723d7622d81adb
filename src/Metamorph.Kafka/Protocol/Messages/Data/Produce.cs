namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.Produce, MessageKind.Request, Versions = "3-13", Flexible = "9+")]
public sealed partial class ProduceRequest : IKafkaRequest<ProduceRequest, ProduceResponse>
{
    [Field("3+", Nullable = "3+")]
    public string? TransactionalId { get; init; }

    [Field("0+")]
    public short Acks { get; init; }

    [Field("0+")]
    public int TimeoutMs { get; init; }

    [Field("0+")]
    public Topic[] TopicData { get; init; } = [];

    public sealed partial class Topic
    {
        [Field("0-12", Ignorable = true)]
        public string Name { get; init; } = "";

        [Field("13+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("0+")]
        public Partition[] PartitionData { get; init; } = [];
    }

    public sealed partial class Partition
    {
        [Field("0+")]
        public int Index { get; init; }

        [Field("0+", Nullable = "0+")]
        public ReadOnlyMemory<byte>? Records { get; init; }
    }
}

[KafkaMessage(ApiKey.Produce, MessageKind.Response, Versions = "3-13", Flexible = "9+")]
public sealed partial class ProduceResponse : IKafkaResponse<ProduceResponse>
{
    [Field("0+")]
    public TopicResponse[] Responses { get; init; } = [];

    [Field("1+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("10+", Tag = 0, Tagged = "10+")]
    public NodeEndpoint[] NodeEndpoints { get; init; } = [];

    public sealed partial class TopicResponse
    {
        [Field("0-12", Ignorable = true)]
        public string Name { get; init; } = "";

        [Field("13+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("0+")]
        public PartitionResponse[] PartitionResponses { get; init; } = [];
    }

    public sealed partial class PartitionResponse
    {
        [Field("0+")]
        public int Index { get; init; }

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+")]
        public long BaseOffset { get; init; }

        [Field("2+", Ignorable = true)]
        public long LogAppendTimeMs { get; init; } = -1;

        [Field("5+", Ignorable = true)]
        public long LogStartOffset { get; init; } = -1;

        [Field("8+", Ignorable = true)]
        public BatchIndexAndErrorMessage[] RecordErrors { get; init; } = [];

        [Field("8+", Nullable = "8+", Ignorable = true)]
        public string? ErrorMessage { get; init; }

        [Field("10+", Tag = 0, Tagged = "10+")]
        public LeaderIdAndEpoch CurrentLeader { get; init; } = LeaderIdAndEpoch.Unset;
    }

    public sealed partial class BatchIndexAndErrorMessage
    {
        [Field("8+")]
        public int BatchIndex { get; init; }

        [Field("8+", Nullable = "8+")]
        public string? BatchIndexErrorMessage { get; init; }
    }

    public sealed partial class LeaderIdAndEpoch
    {
        [Field("10+")]
        public int LeaderId { get; init; } = -1;

        [Field("10+")]
        public int LeaderEpoch { get; init; } = -1;
    }

    public sealed partial class NodeEndpoint
    {
        [Field("10+")]
        public int NodeId { get; init; }

        [Field("10+")]
        public string Host { get; init; } = "";

        [Field("10+")]
        public int Port { get; init; }

        [Field("10+", Nullable = "10+")]
        public string? Rack { get; init; }
    }
}
