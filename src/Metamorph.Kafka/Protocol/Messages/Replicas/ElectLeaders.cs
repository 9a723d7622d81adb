namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.ElectLeaders, MessageKind.Request, Versions = "0-2", Flexible = "2+")]
public sealed partial class ElectLeadersRequest : IKafkaRequest<ElectLeadersRequest, ElectLeadersResponse>
{
    [Field("1+")]
    public sbyte ElectionType { get; init; }

    [Field("0+", Nullable = "0+")]
    public ElectionTopic[]? TopicPartitions { get; init; } = [];

    [Field("0+")]
    public int TimeoutMs { get; init; } = 60000;

    public sealed partial class ElectionTopic
    {
        [Field("0+")]
        public string Topic { get; init; } = "";

        [Field("0+")]
        public int[] Partitions { get; init; } = [];
    }
}

[KafkaMessage(ApiKey.ElectLeaders, MessageKind.Response, Versions = "0-2", Flexible = "2+")]
public sealed partial class ElectLeadersResponse : IKafkaResponse<ElectLeadersResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("1+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public TopicResult[] ReplicaElectionResults { get; init; } = [];

    public sealed partial class TopicResult
    {
        [Field("0+")]
        public string Topic { get; init; } = "";

        [Field("0+")]
        public PartitionResult[] PartitionResult { get; init; } = [];
    }

    public sealed partial class PartitionResult
    {
        [Field("0+")]
        public int PartitionId { get; init; }

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? ErrorMessage { get; init; } = "";
    }
}
