namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Stores how far a group has read. API key 8.</summary>
/// <remarks>Needs READ on GROUP and on each topic. From 10 on topics go by id (KIP-848).</remarks>
[KafkaMessage(ApiKey.OffsetCommit, MessageKind.Request, Versions = "2-10", Flexible = "8+")]
public sealed partial class OffsetCommitRequest : IKafkaRequest<OffsetCommitRequest, OffsetCommitResponse>
{
    [Field("0+")]
    public string GroupId { get; init; } = "";

    /// <summary>-1 from one who is not a member, such as a tool; it then works for empty groups alone.</summary>
    [Field("1+", Ignorable = true)]
    public int GenerationIdOrMemberEpoch { get; init; } = -1;

    [Field("1+", Ignorable = true)]
    public string MemberId { get; init; } = "";

    [Field("7+", Nullable = "7+")]
    public string? GroupInstanceId { get; init; }

    [Field("2-4", Ignorable = true)]
    public long RetentionTimeMs { get; init; } = -1;

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    public sealed partial class Topic
    {
        [Field("0-9", Ignorable = true)]
        public string Name { get; init; } = "";

        [Field("10+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("0+")]
        public Partition[] Partitions { get; init; } = [];
    }

    public sealed partial class Partition
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public long CommittedOffset { get; init; }

        [Field("6+", Ignorable = true)]
        public int CommittedLeaderEpoch { get; init; } = -1;

        [Field("0+", Nullable = "0+")]
        public string? CommittedMetadata { get; init; } = "";
    }
}

/// <summary>Whether each offset was stored. Answers <see cref="OffsetCommitRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet. <see cref="ErrorCode.RebalanceInProgress"/>:
/// stored nothing, join again first. <see cref="ErrorCode.IllegalGeneration"/>,
/// <see cref="ErrorCode.UnknownMemberId"/>: the member has lost its partitions.
/// <see cref="ErrorCode.StaleMemberEpoch"/>: heartbeat, then again. <see cref="ErrorCode.OffsetMetadataTooLarge"/>,
/// <see cref="ErrorCode.GroupAuthorizationFailed"/>.
/// </remarks>
[KafkaMessage(ApiKey.OffsetCommit, MessageKind.Response, Versions = "2-10", Flexible = "8+")]
public sealed partial class OffsetCommitResponse : IKafkaResponse<OffsetCommitResponse>
{
    [Field("3+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    public sealed partial class Topic
    {
        [Field("0-9", Ignorable = true)]
        public string Name { get; init; } = "";

        [Field("10+", Ignorable = true)]
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
    }
}
