namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.DescribeTopicPartitions, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class DescribeTopicPartitionsRequest
    : IKafkaRequest<DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse>
{
    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    [Field("0+")]
    public int ResponsePartitionLimit { get; init; } = 2000;

    [Field("0+", Nullable = "0+")]
    public PageCursor? Cursor { get; init; }

    public sealed partial class Topic
    {
        [Field("0+")]
        public string Name { get; init; } = "";
    }

    public sealed partial class PageCursor
    {
        [Field("0+")]
        public string TopicName { get; init; } = "";

        [Field("0+")]
        public int PartitionIndex { get; init; }
    }
}

[KafkaMessage(ApiKey.DescribeTopicPartitions, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class DescribeTopicPartitionsResponse : IKafkaResponse<DescribeTopicPartitionsResponse>
{
    [Field("0+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    [Field("0+", Nullable = "0+")]
    public PageCursor? NextCursor { get; init; }

    public sealed partial class Topic
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? Name { get; init; } = "";

        [Field("0+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("0+", Ignorable = true)]
        public bool IsInternal { get; init; }

        [Field("0+")]
        public Partition[] Partitions { get; init; } = [];

        [Field("0+")]
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

        [Field("0+", Ignorable = true)]
        public int LeaderEpoch { get; init; } = -1;

        [Field("0+", Interned = true)]
        public int[] ReplicaNodes { get; init; } = [];

        [Field("0+", Interned = true)]
        public int[] IsrNodes { get; init; } = [];

        [Field("0+", Nullable = "0+")]
        public int[]? EligibleLeaderReplicas { get; init; }

        [Field("0+", Nullable = "0+")]
        public int[]? LastKnownElr { get; init; }

        [Field("0+", Ignorable = true, Interned = true)]
        public int[] OfflineReplicas { get; init; } = [];
    }

    public sealed partial class PageCursor
    {
        [Field("0+")]
        public string TopicName { get; init; } = "";

        [Field("0+")]
        public int PartitionIndex { get; init; }
    }
}
