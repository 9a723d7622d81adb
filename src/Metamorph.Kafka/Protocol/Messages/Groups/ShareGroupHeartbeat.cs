namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Joins, keeps alive and leaves a share group. KIP-932; API key 76.</summary>
/// <remarks>Needs READ on GROUP.</remarks>
[KafkaMessage(ApiKey.ShareGroupHeartbeat, MessageKind.Request, Versions = "1", Flexible = "0+")]
public sealed partial class ShareGroupHeartbeatRequest
    : IKafkaRequest<ShareGroupHeartbeatRequest, ShareGroupHeartbeatResponse>
{
    [Field("0+")]
    public string GroupId { get; init; } = "";

    [Field("0+")]
    public string MemberId { get; init; } = "";

    [Field("0+")]
    public int MemberEpoch { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? RackId { get; init; }

    [Field("0+", Nullable = "0+")]
    public string[]? SubscribedTopicNames { get; init; }
}

/// <summary>
/// The member's epoch, and its partitions when they changed. Answers <see cref="ShareGroupHeartbeatRequest"/>.
/// </summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet. <see cref="ErrorCode.FencedMemberEpoch"/>:
/// give all partitions up and join again. <see cref="ErrorCode.UnknownMemberId"/>: the same.
/// <see cref="ErrorCode.UnreleasedInstanceId"/>: another still has the instance id.
/// <see cref="ErrorCode.GroupMaxSizeReached"/>, <see cref="ErrorCode.UnsupportedAssignor"/>.
/// </remarks>
[KafkaMessage(ApiKey.ShareGroupHeartbeat, MessageKind.Response, Versions = "1", Flexible = "0+")]
public sealed partial class ShareGroupHeartbeatResponse : IKafkaResponse<ShareGroupHeartbeatResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ErrorMessage { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? MemberId { get; init; }

    [Field("0+")]
    public int MemberEpoch { get; init; }

    [Field("0+")]
    public int HeartbeatIntervalMs { get; init; }

    /// <summary>Null when nothing changed.</summary>
    [Field("0+", Nullable = "0+")]
    public MemberAssignment? Assignment { get; init; }

    public sealed partial class MemberAssignment
    {
        [Field("0+")]
        public AssignedTopic[] TopicPartitions { get; init; } = [];
    }

    public sealed partial class AssignedTopic
    {
        [Field("0+")]
        public Guid TopicId { get; init; }

        [Field("0+")]
        public int[] Partitions { get; init; } = [];
    }
}
