namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.Fetch, MessageKind.Request, Versions = "4-18", Flexible = "12+")]
public sealed partial class FetchRequest : IKafkaRequest<FetchRequest, FetchResponse>
{
    [Field("12+", Nullable = "12+", Tag = 0, Tagged = "12+", Ignorable = true)]
    public string? ClusterId { get; init; }

    [Field("0-14")]
    public int ReplicaId { get; init; } = -1;

    [Field("15+", Tag = 1, Tagged = "15+")]
    public FollowerState ReplicaState { get; init; } = FollowerState.Unset;

    [Field("0+")]
    public int MaxWaitMs { get; init; }

    [Field("0+")]
    public int MinBytes { get; init; }

    [Field("3+", Ignorable = true)]
    public int MaxBytes { get; init; } = int.MaxValue;

    [Field("4+", Ignorable = true)]
    public sbyte IsolationLevel { get; init; }

    [Field("7+", Ignorable = true)]
    public int SessionId { get; init; }

    [Field("7+", Ignorable = true)]
    public int SessionEpoch { get; init; } = -1;

    [Field("0+")]
    public FetchTopic[] Topics { get; init; } = [];

    [Field("7+")]
    public ForgottenTopic[] ForgottenTopicsData { get; init; } = [];

    [Field("11+", Ignorable = true)]
    public string RackId { get; init; } = "";

    public sealed partial class FollowerState
    {
        [Field("15+")]
        public int ReplicaId { get; init; } = -1;

        [Field("15+")]
        public long ReplicaEpoch { get; init; } = -1;
    }

    public sealed partial class FetchTopic
    {
        [Field("0-12", Ignorable = true)]
        public string Topic { get; init; } = "";

        [Field("13+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("0+")]
        public FetchPartition[] Partitions { get; init; } = [];
    }

    public sealed partial class FetchPartition
    {
        [Field("0+")]
        public int Partition { get; init; }

        [Field("9+", Ignorable = true)]
        public int CurrentLeaderEpoch { get; init; } = -1;

        [Field("0+")]
        public long FetchOffset { get; init; }

        [Field("12+")]
        public int LastFetchedEpoch { get; init; } = -1;

        [Field("5+", Ignorable = true)]
        public long LogStartOffset { get; init; } = -1;

        [Field("0+")]
        public int PartitionMaxBytes { get; init; }

        [Field("17+", Tag = 0, Tagged = "17+", Ignorable = true)]
        public Guid ReplicaDirectoryId { get; init; }

        [Field("18+", Tag = 1, Tagged = "18+", Ignorable = true)]
        public long HighWatermark { get; init; } = long.MaxValue;
    }

    public sealed partial class ForgottenTopic
    {
        [Field("7-12", Ignorable = true)]
        public string Topic { get; init; } = "";

        [Field("13+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("7+")]
        public int[] Partitions { get; init; } = [];
    }
}

[KafkaMessage(ApiKey.Fetch, MessageKind.Response, Versions = "4-18", Flexible = "12+")]
public sealed partial class FetchResponse : IKafkaResponse<FetchResponse>
{
    [Field("1+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("7+", Ignorable = true)]
    public ErrorCode ErrorCode { get; init; }

    [Field("7+")]
    public int SessionId { get; init; }

    [Field("0+")]
    public TopicResponse[] Responses { get; init; } = [];

    [Field("16+", Tag = 0, Tagged = "16+")]
    public NodeEndpoint[] NodeEndpoints { get; init; } = [];

    public sealed partial class TopicResponse
    {
        [Field("0-12", Ignorable = true)]
        public string Topic { get; init; } = "";

        [Field("13+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("0+")]
        public Partition[] Partitions { get; init; } = [];
    }

    public sealed partial class Partition
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+")]
        public long HighWatermark { get; init; }

        [Field("4+", Ignorable = true)]
        public long LastStableOffset { get; init; } = -1;

        [Field("5+", Ignorable = true)]
        public long LogStartOffset { get; init; } = -1;

        [Field("12+", Tag = 0, Tagged = "12+")]
        public EpochEndOffset DivergingEpoch { get; init; } = EpochEndOffset.Unset;

        [Field("12+", Tag = 1, Tagged = "12+")]
        public LeaderIdAndEpoch CurrentLeader { get; init; } = LeaderIdAndEpoch.Unset;

        [Field("12+", Tag = 2, Tagged = "12+")]
        public SnapshotId SnapshotId { get; init; } = SnapshotId.Unset;

        [Field("4+", Nullable = "4+", Ignorable = true)]
        public AbortedTransaction[]? AbortedTransactions { get; init; } = [];

        [Field("11+")]
        public int PreferredReadReplica { get; init; } = -1;

        [Field("0+", Nullable = "0+")]
        public ReadOnlyMemory<byte>? Records { get; init; }
    }

    public sealed partial class EpochEndOffset
    {
        [Field("12+")]
        public int Epoch { get; init; } = -1;

        [Field("12+")]
        public long EndOffset { get; init; } = -1;
    }

    public sealed partial class LeaderIdAndEpoch
    {
        [Field("12+")]
        public int LeaderId { get; init; } = -1;

        [Field("12+")]
        public int LeaderEpoch { get; init; } = -1;
    }

    public sealed partial class SnapshotId
    {
        [Field("0+")]
        public long EndOffset { get; init; } = -1;

        [Field("0+")]
        public int Epoch { get; init; } = -1;
    }

    public sealed partial class AbortedTransaction
    {
        [Field("4+")]
        public long ProducerId { get; init; }

        [Field("4+")]
        public long FirstOffset { get; init; }
    }

    public sealed partial class NodeEndpoint
    {
        [Field("16+")]
        public int NodeId { get; init; }

        [Field("16+")]
        public string Host { get; init; } = "";

        [Field("16+")]
        public int Port { get; init; }

        [Field("16+", Nullable = "16+")]
        public string? Rack { get; init; }
    }
}
