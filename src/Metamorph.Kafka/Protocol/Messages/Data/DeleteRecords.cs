namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>
/// Moves a partition's log start offset forward, and so deletes what is before it. KIP-107; API key 21.
/// </summary>
/// <remarks>Needs DELETE on each topic. Not undoable. Goes to the leader.</remarks>
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

        /// <summary>The first offset to keep; -1 is the high watermark, so that nothing readable is kept.</summary>
        [Field("0+")]
        public long Offset { get; init; }
    }
}

/// <summary>Where each log starts now. Answers <see cref="DeleteRecordsRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.PolicyViolation"/>: a compacted topic keeps its records.
/// <see cref="ErrorCode.OffsetOutOfRange"/>: the offset is beyond the high watermark.
/// </remarks>
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
