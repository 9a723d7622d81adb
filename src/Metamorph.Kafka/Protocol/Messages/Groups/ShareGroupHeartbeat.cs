namespace Metamorph.Kafka.Protocol.Messages;

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
