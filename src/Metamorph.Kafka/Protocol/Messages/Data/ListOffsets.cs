namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.ListOffsets, MessageKind.Request, Versions = "1-11", Flexible = "6+")]
public sealed partial class ListOffsetsRequest : IKafkaRequest<ListOffsetsRequest, ListOffsetsResponse>
{
    [Field("0+")]
    public int ReplicaId { get; init; }

    [Field("2+")]
    public sbyte IsolationLevel { get; init; }

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    [Field("10+", Ignorable = true)]
    public int TimeoutMs { get; init; }

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

        [Field("4+", Ignorable = true)]
        public int CurrentLeaderEpoch { get; init; } = -1;

        [Field("0+")]
        public long Timestamp { get; init; }
    }
}

[KafkaMessage(ApiKey.ListOffsets, MessageKind.Response, Versions = "1-11", Flexible = "6+")]
public sealed partial class ListOffsetsResponse : IKafkaResponse<ListOffsetsResponse>
{
    [Field("2+", Ignorable = true)]
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

        [Field("1+")]
        public long Timestamp { get; init; } = -1;

        [Field("1+")]
        public long Offset { get; init; } = -1;

        [Field("4+")]
        public int LeaderEpoch { get; init; } = -1;
    }
}
