namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.DeleteRecords, MessageKind.Request, Versions = "0-2", Flexible = "2+")]
public sealed partial class DeleteRecordsRequest : IKafkaRequest<DeleteRecordsRequest, DeleteRecordsResponse>
{
    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    [Field("0+")]
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

        [Field("0+")]
        public long Offset { get; init; }
    }
}

[KafkaMessage(ApiKey.DeleteRecords, MessageKind.Response, Versions = "0-2", Flexible = "2+")]
public sealed partial class DeleteRecordsResponse : IKafkaResponse<DeleteRecordsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public TopicResult[] Topics { get; init; } = [];

    public sealed partial class TopicResult
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public PartitionResult[] Partitions { get; init; } = [];
    }

    public sealed partial class PartitionResult
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public long LowWatermark { get; init; }

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }
    }
}
