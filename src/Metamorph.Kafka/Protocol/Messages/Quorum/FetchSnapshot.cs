namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Reads a piece of a metadata snapshot. KIP-630; API key 59.</summary>
/// <remarks>Needs CLUSTER_ACTION on CLUSTER.</remarks>
[KafkaMessage(ApiKey.FetchSnapshot, MessageKind.Request, Versions = "0-1", Flexible = "0+")]
public sealed partial class FetchSnapshotRequest : IKafkaRequest<FetchSnapshotRequest, FetchSnapshotResponse>
{
    [Field("0+", Nullable = "0+", Tag = 0, Tagged = "0+")]
    public string? ClusterId { get; init; }

    [Field("0+")]
    public int ReplicaId { get; init; } = -1;

    [Field("0+")]
    public int MaxBytes { get; init; } = int.MaxValue;

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    public sealed partial class Topic
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public PartitionSnapshot[] Partitions { get; init; } = [];
    }

    public sealed partial class PartitionSnapshot
    {
        [Field("0+")]
        public int Partition { get; init; }

        [Field("0+")]
        public int CurrentLeaderEpoch { get; init; }

        [Field("0+")]
        public SnapshotEnd SnapshotId { get; init; } = SnapshotEnd.Unset;

        [Field("0+")]
        public long Position { get; init; }

        [Field("1+", Tag = 0, Tagged = "1+", Ignorable = true)]
        public Guid ReplicaDirectoryId { get; init; }
    }

    public sealed partial class SnapshotEnd
    {
        [Field("0+")]
        public long EndOffset { get; init; }

        [Field("0+")]
        public int Epoch { get; init; }
    }
}

/// <summary>A piece of a snapshot. Answers <see cref="FetchSnapshotRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.SnapshotNotFound"/>: a newer one has replaced it. <see cref="ErrorCode.PositionOutOfRange"/>,
/// <see cref="ErrorCode.FencedLeaderEpoch"/>.
/// </remarks>
[KafkaMessage(ApiKey.FetchSnapshot, MessageKind.Response, Versions = "0-1", Flexible = "0+")]
public sealed partial class FetchSnapshotResponse : IKafkaResponse<FetchSnapshotResponse>
{
    [Field("0+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    [Field("1+", Tag = 0, Tagged = "1+")]
    public NodeEndpoint[] NodeEndpoints { get; init; } = [];

    public sealed partial class Topic
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public PartitionSnapshot[] Partitions { get; init; } = [];
    }

    public sealed partial class PartitionSnapshot
    {
        [Field("0+")]
        public int Index { get; init; }

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+")]
        public SnapshotEnd SnapshotId { get; init; } = SnapshotEnd.Unset;

        [Field("0+", Tag = 0, Tagged = "0+")]
        public LeaderIdAndEpoch CurrentLeader { get; init; } = LeaderIdAndEpoch.Unset;

        [Field("0+")]
        public long Size { get; init; }

        [Field("0+")]
        public long Position { get; init; }

        [Field("0+")]
        public ReadOnlyMemory<byte> UnalignedRecords { get; init; }
    }

    public sealed partial class SnapshotEnd
    {
        [Field("0+")]
        public long EndOffset { get; init; }

        [Field("0+")]
        public int Epoch { get; init; }
    }

    public sealed partial class LeaderIdAndEpoch
    {
        [Field("0+")]
        public int LeaderId { get; init; }

        [Field("0+")]
        public int LeaderEpoch { get; init; }
    }

    public sealed partial class NodeEndpoint
    {
        [Field("1+")]
        public int NodeId { get; init; }

        [Field("1+")]
        public string Host { get; init; } = "";

        [Field("1+")]
        public ushort Port { get; init; }
    }
}
