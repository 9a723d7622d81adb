namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Joins, keeps alive and leaves a group whose assignment the broker makes. KIP-848; API key 68.</summary>
/// <remarks>
/// Needs READ on GROUP, and DESCRIBE on each subscribed topic. Fields that have not changed since the last heartbeat
/// are left at their initial value. Version 1 has the member make its own id (KIP-1082) and regular expressions.
/// </remarks>
[KafkaMessage(ApiKey.ConsumerGroupHeartbeat, MessageKind.Request, Versions = "0-1", Flexible = "0+")]
public sealed partial class ConsumerGroupHeartbeatRequest
    : IKafkaRequest<ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse>
{
    [Field("0+")]
    public string GroupId { get; init; } = "";

    [Field("0+")]
    public string MemberId { get; init; } = "";

    /// <summary>0 joins, -1 leaves, -2 leaves for a while as a static member.</summary>
    [Field("0+")]
    public int MemberEpoch { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? InstanceId { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? RackId { get; init; }

    /// <summary>-1 when unchanged.</summary>
    [Field("0+")]
    public int RebalanceTimeoutMs { get; init; } = -1;

    [Field("0+", Nullable = "0+")]
    public string[]? SubscribedTopicNames { get; init; }

    [Field("1+", Nullable = "1+")]
    public string? SubscribedTopicRegex { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ServerAssignor { get; init; }

    /// <summary>The partitions the member has; null when unchanged.</summary>
    [Field("0+", Nullable = "0+")]
    public OwnedTopic[]? TopicPartitions { get; init; }

    public sealed partial class OwnedTopic
    {
        [Field("0+")]
        public Guid TopicId { get; init; }

        [Field("0+")]
        public int[] Partitions { get; init; } = [];
    }
}

/// <summary>
/// The member's epoch, and its partitions when they changed. Answers <see cref="ConsumerGroupHeartbeatRequest"/>.
/// </summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet. <see cref="ErrorCode.FencedMemberEpoch"/>:
/// give all partitions up and join again. <see cref="ErrorCode.UnknownMemberId"/>: the same.
/// <see cref="ErrorCode.UnreleasedInstanceId"/>: another still has the instance id.
/// <see cref="ErrorCode.GroupMaxSizeReached"/>, <see cref="ErrorCode.UnsupportedAssignor"/>.
/// <see cref="ErrorCode.UnsupportedVersion"/>: the cluster has not finalized <c>group.version</c> 1.
/// <see cref="ErrorCode.InvalidRegularExpression"/>, <see cref="ErrorCode.TopicAuthorizationFailed"/>.
/// </remarks>
[KafkaMessage(ApiKey.ConsumerGroupHeartbeat, MessageKind.Response, Versions = "0-1", Flexible = "0+")]
public sealed partial class ConsumerGroupHeartbeatResponse : IKafkaResponse<ConsumerGroupHeartbeatResponse>
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
