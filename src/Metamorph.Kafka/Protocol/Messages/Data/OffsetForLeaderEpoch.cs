namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks where a leader epoch ends, to notice that a log was cut. KIP-101, KIP-320; API key 23.</summary>
/// <remarks>Needs DESCRIBE on each topic from a consumer, CLUSTER_ACTION on CLUSTER from a follower.</remarks>
[KafkaMessage(ApiKey.OffsetForLeaderEpoch, MessageKind.Request, Versions = "2-4", Flexible = "4+")]
public sealed partial class OffsetForLeaderEpochRequest
    : IKafkaRequest<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse>
{
    [Field("3+", Ignorable = true)]
    public int ReplicaId { get; init; } = -2;

    [Field("0+")]
    public OffsetForLeaderTopic[] Topics { get; init; } = [];

    public sealed partial class OffsetForLeaderTopic
    {
        [Field("0+")]
        public string Topic { get; init; } = "";

        [Field("0+")]
        public OffsetForLeaderPartition[] Partitions { get; init; } = [];
    }

    public sealed partial class OffsetForLeaderPartition
    {
        [Field("0+")]
        public int Partition { get; init; }

        [Field("2+", Ignorable = true)]
        public int CurrentLeaderEpoch { get; init; } = -1;

        [Field("0+")]
        public int LeaderEpoch { get; init; }
    }
}

/// <summary>Where each epoch ends. Answers <see cref="OffsetForLeaderEpochRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.FencedLeaderEpoch"/>: the asker knows an older leader.
/// <see cref="ErrorCode.UnknownLeaderEpoch"/>: it knows a newer one than the broker.
/// </remarks>
[KafkaMessage(ApiKey.OffsetForLeaderEpoch, MessageKind.Response, Versions = "2-4", Flexible = "4+")]
public sealed partial class OffsetForLeaderEpochResponse : IKafkaResponse<OffsetForLeaderEpochResponse>
{
    [Field("2+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public OffsetForLeaderTopicResult[] Topics { get; init; } = [];

    public sealed partial class OffsetForLeaderTopicResult
    {
        [Field("0+")]
        public string Topic { get; init; } = "";

        [Field("0+")]
        public EpochEndOffset[] Partitions { get; init; } = [];
    }

    public sealed partial class EpochEndOffset
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+")]
        public int Partition { get; init; }

        [Field("1+", Ignorable = true)]
        public int LeaderEpoch { get; init; } = -1;

        [Field("0+")]
        public long EndOffset { get; init; } = -1;
    }
}
