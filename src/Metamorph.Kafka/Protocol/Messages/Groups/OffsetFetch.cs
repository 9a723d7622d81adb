namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks how far groups have read. API key 9.</summary>
/// <remarks>
/// Needs DESCRIBE on GROUP and on each topic. From 8 on several groups are asked for at once (KIP-709).
/// </remarks>
[KafkaMessage(ApiKey.OffsetFetch, MessageKind.Request, Versions = "1-10", Flexible = "6+")]
public sealed partial class OffsetFetchRequest : IKafkaRequest<OffsetFetchRequest, OffsetFetchResponse>
{
    [Field("0-7")]
    public string GroupId { get; init; } = "";

    /// <summary>Before version 8; null is all that the group has stored.</summary>
    [Field("0-7", Nullable = "2-7")]
    public Topic[]? Topics { get; init; } = [];

    [Field("8+")]
    public Group[] Groups { get; init; } = [];

    /// <summary>Wait until no open transaction could still move an offset (KIP-447).</summary>
    [Field("7+")]
    public bool RequireStable { get; init; }

    public sealed partial class Topic
    {
        [Field("0-7")]
        public string Name { get; init; } = "";

        [Field("0-7")]
        public int[] PartitionIndexes { get; init; } = [];
    }

    public sealed partial class Group
    {
        [Field("8+")]
        public string GroupId { get; init; } = "";

        [Field("9+", Nullable = "9+", Ignorable = true)]
        public string? MemberId { get; init; }

        [Field("9+", Ignorable = true)]
        public int MemberEpoch { get; init; } = -1;

        [Field("8+", Nullable = "8+")]
        public GroupTopic[]? Topics { get; init; } = [];
    }

    public sealed partial class GroupTopic
    {
        [Field("8-9", Ignorable = true)]
        public string Name { get; init; } = "";

        [Field("10+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("8+")]
        public int[] PartitionIndexes { get; init; } = [];
    }
}

/// <summary>The stored offsets. Answers <see cref="OffsetFetchRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet.
/// <see cref="ErrorCode.UnstableOffsetCommit"/>: a transaction is open, ask again.
/// <see cref="ErrorCode.GroupAuthorizationFailed"/>, <see cref="ErrorCode.UnknownMemberId"/>,
/// <see cref="ErrorCode.StaleMemberEpoch"/>.
/// </remarks>
[KafkaMessage(ApiKey.OffsetFetch, MessageKind.Response, Versions = "1-10", Flexible = "6+")]
public sealed partial class OffsetFetchResponse : IKafkaResponse<OffsetFetchResponse>
{
    [Field("3+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0-7")]
    public Topic[] Topics { get; init; } = [];

    [Field("2-7", Ignorable = true)]
    public ErrorCode ErrorCode { get; init; }

    [Field("8+")]
    public Group[] Groups { get; init; } = [];

    public sealed partial class Topic
    {
        [Field("0-7")]
        public string Name { get; init; } = "";

        [Field("0-7")]
        public Partition[] Partitions { get; init; } = [];
    }

    public sealed partial class Partition
    {
        [Field("0-7")]
        public int PartitionIndex { get; init; }

        /// <summary>-1 when the group has stored none.</summary>
        [Field("0-7")]
        public long CommittedOffset { get; init; }

        [Field("5-7", Ignorable = true)]
        public int CommittedLeaderEpoch { get; init; } = -1;

        [Field("0-7", Nullable = "0-7")]
        public string? Metadata { get; init; } = "";

        [Field("0-7")]
        public ErrorCode ErrorCode { get; init; }
    }

    public sealed partial class Group
    {
        [Field("8+")]
        public string GroupId { get; init; } = "";

        [Field("8+")]
        public GroupTopic[] Topics { get; init; } = [];

        [Field("8+")]
        public ErrorCode ErrorCode { get; init; }
    }

    public sealed partial class GroupTopic
    {
        [Field("8-9", Ignorable = true)]
        public string Name { get; init; } = "";

        [Field("10+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("8+")]
        public GroupPartition[] Partitions { get; init; } = [];
    }

    public sealed partial class GroupPartition
    {
        [Field("8+")]
        public int PartitionIndex { get; init; }

        /// <summary>-1 when the group has stored none.</summary>
        [Field("8+")]
        public long CommittedOffset { get; init; }

        [Field("8+", Ignorable = true)]
        public int CommittedLeaderEpoch { get; init; } = -1;

        [Field("8+", Nullable = "8+")]
        public string? Metadata { get; init; } = "";

        [Field("8+")]
        public ErrorCode ErrorCode { get; init; }
    }
}
