namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.AlterPartitionReassignments, MessageKind.Request, Versions = "0-1", Flexible = "0+")]
public sealed partial class AlterPartitionReassignmentsRequest
    : IKafkaRequest<AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse>
{
    [Field("0+")]
    public int TimeoutMs { get; init; } = 60000;

    [Field("1+")]
    public bool AllowReplicationFactorChange { get; init; } = true;

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    public sealed partial class Topic
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public Partition[] Partitions { get; init; } = [];
    }

    public sealed partial class Partition
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+", Nullable = "0+")]
        public int[]? Replicas { get; init; }
    }
}

[KafkaMessage(ApiKey.AlterPartitionReassignments, MessageKind.Response, Versions = "0-1", Flexible = "0+")]
public sealed partial class AlterPartitionReassignmentsResponse : IKafkaResponse<AlterPartitionReassignmentsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("1+", Ignorable = true)]
    public bool AllowReplicationFactorChange { get; init; } = true;

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ErrorMessage { get; init; } = "";

    [Field("0+")]
    public TopicResponse[] Responses { get; init; } = [];

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
        public string? ErrorMessage { get; init; } = "";
    }
}
