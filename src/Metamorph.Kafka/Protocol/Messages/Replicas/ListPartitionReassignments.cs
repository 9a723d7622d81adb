namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.ListPartitionReassignments, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class ListPartitionReassignmentsRequest
    : IKafkaRequest<ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse>
{
    [Field("0+")]
    public int TimeoutMs { get; init; } = 60000;

    [Field("0+", Nullable = "0+")]
    public Topic[]? Topics { get; init; }

    public sealed partial class Topic
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public int[] PartitionIndexes { get; init; } = [];
    }
}

[KafkaMessage(ApiKey.ListPartitionReassignments, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class ListPartitionReassignmentsResponse : IKafkaResponse<ListPartitionReassignmentsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ErrorMessage { get; init; } = "";

    [Field("0+")]
    public TopicReassignment[] Topics { get; init; } = [];

    public sealed partial class TopicReassignment
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public PartitionReassignment[] Partitions { get; init; } = [];
    }

    public sealed partial class PartitionReassignment
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public int[] Replicas { get; init; } = [];

        [Field("0+")]
        public int[] AddingReplicas { get; init; } = [];

        [Field("0+")]
        public int[] RemovingReplicas { get; init; } = [];
    }
}
