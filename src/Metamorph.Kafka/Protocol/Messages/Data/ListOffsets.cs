namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks for the offset of a time, or of a log's start or end. API key 2.</summary>
/// <remarks>
/// Needs DESCRIBE on each topic. Times below 0 are questions: -1 the end, -2 the start, -3 the latest timestamp
/// (KIP-734), -4 the local start, -5 the end of the tiered part (KIP-405, KIP-1005), -6 the earliest not yet tiered.
/// </remarks>
[KafkaMessage(ApiKey.ListOffsets, MessageKind.Request, Versions = "1-11", Flexible = "6+")]
public sealed partial class ListOffsetsRequest : IKafkaRequest<ListOffsetsRequest, ListOffsetsResponse>
{
    /// <summary>The follower's node id; -1 for anyone else.</summary>
    [Field("0+")]
    public int ReplicaId { get; init; }

    /// <summary>0 counts to the high watermark, 1 only to the last stable offset.</summary>
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

/// <summary>The offsets that were asked for. Answers <see cref="ListOffsetsRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotLeaderOrFollower"/>: ask who leads. <see cref="ErrorCode.LeaderNotAvailable"/>,
/// <see cref="ErrorCode.OffsetNotAvailable"/>: a new leader is not ready yet.
/// </remarks>
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
