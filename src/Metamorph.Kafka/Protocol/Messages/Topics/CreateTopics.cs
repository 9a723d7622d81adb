namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.CreateTopics, MessageKind.Request, Versions = "2-7", Flexible = "5+")]
public sealed partial class CreateTopicsRequest : IKafkaRequest<CreateTopicsRequest, CreateTopicsResponse>
{
    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    [Field("0+", Name = "timeoutMs")]
    public int TimeoutMs { get; init; } = 60000;

    [Field("1+")]
    public bool validateOnly { get; init; }

    public sealed partial class Topic
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public int NumPartitions { get; init; }

        [Field("0+")]
        public short ReplicationFactor { get; init; }

        [Field("0+")]
        public ReplicaAssignment[] Assignments { get; init; } = [];

        [Field("0+")]
        public Config[] Configs { get; init; } = [];
    }

    public sealed partial class ReplicaAssignment
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public int[] BrokerIds { get; init; } = [];
    }

    public sealed partial class Config
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+", Nullable = "0+")]
        public string? Value { get; init; } = "";
    }
}

[KafkaMessage(ApiKey.CreateTopics, MessageKind.Response, Versions = "2-7", Flexible = "5+")]
public sealed partial class CreateTopicsResponse : IKafkaResponse<CreateTopicsResponse>
{
    [Field("2+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public TopicResult[] Topics { get; init; } = [];

    public sealed partial class TopicResult
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("7+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("1+", Nullable = "0+", Ignorable = true)]
        public string? ErrorMessage { get; init; } = "";

        [Field("5+", Tag = 0, Tagged = "5+", Ignorable = true)]
        public ErrorCode TopicConfigErrorCode { get; init; }

        [Field("5+", Ignorable = true)]
        public int NumPartitions { get; init; } = -1;

        [Field("5+", Ignorable = true)]
        public short ReplicationFactor { get; init; } = -1;

        [Field("5+", Nullable = "5+", Ignorable = true)]
        public Config[]? Configs { get; init; } = [];
    }

    public sealed partial class Config
    {
        [Field("5+")]
        public string Name { get; init; } = "";

        [Field("5+", Nullable = "5+")]
        public string? Value { get; init; } = "";

        [Field("5+")]
        public bool ReadOnly { get; init; }

        [Field("5+", Ignorable = true)]
        public sbyte ConfigSource { get; init; } = -1;

        [Field("5+")]
        public bool IsSensitive { get; init; }
    }
}
