namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.Metadata, MessageKind.Request, Versions = "0-13", Flexible = "9+")]
public sealed partial class MetadataRequest : IKafkaRequest<MetadataRequest, MetadataResponse>
{
    [Field("0+", Nullable = "1+")]
    public Topic[]? Topics { get; init; } = [];

    [Field("4+")]
    public bool AllowAutoTopicCreation { get; init; } = true;

    [Field("8-10")]
    public bool IncludeClusterAuthorizedOperations { get; init; }

    [Field("8+")]
    public bool IncludeTopicAuthorizedOperations { get; init; }

    public sealed partial class Topic
    {
        [Field("10+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("0+", Nullable = "10+")]
        public string? Name { get; init; } = "";
    }
}

[KafkaMessage(ApiKey.Metadata, MessageKind.Response, Versions = "0-13", Flexible = "9+")]
public sealed partial class MetadataResponse : IKafkaResponse<MetadataResponse>
{
    [Field("3+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public Broker[] Brokers { get; init; } = [];

    [Field("2+", Nullable = "2+", Ignorable = true)]
    public string? ClusterId { get; init; }

    [Field("1+", Ignorable = true)]
    public int ControllerId { get; init; } = -1;

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    [Field("8-10")]
    public int ClusterAuthorizedOperations { get; init; } = int.MinValue;

    [Field("13+", Ignorable = true)]
    public ErrorCode ErrorCode { get; init; }

    public sealed partial class Broker
    {
        [Field("0+")]
        public int NodeId { get; init; }

        [Field("0+")]
        public string Host { get; init; } = "";

        [Field("0+")]
        public int Port { get; init; }

        [Field("1+", Nullable = "1+", Ignorable = true)]
        public string? Rack { get; init; }
    }

    public sealed partial class Topic
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "12+")]
        public string? Name { get; init; } = "";

        [Field("10+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("1+", Ignorable = true)]
        public bool IsInternal { get; init; }

        [Field("0+")]
        public Partition[] Partitions { get; init; } = [];

        [Field("8+")]
        public int TopicAuthorizedOperations { get; init; } = int.MinValue;
    }

    public readonly partial struct Partition
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public int LeaderId { get; init; }

        [Field("7+", Ignorable = true)]
        public int LeaderEpoch { get; init; } = -1;

        [Field("0+", Interned = true)]
        public int[] ReplicaNodes { get; init; } = [];

        [Field("0+", Interned = true)]
        public int[] IsrNodes { get; init; } = [];

        [Field("5+", Ignorable = true, Interned = true)]
        public int[] OfflineReplicas { get; init; } = [];
    }
}
