namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.ConsumerGroupHeartbeat, MessageKind.Request, Versions = "0-1", Flexible = "0+")]
public sealed partial class ConsumerGroupHeartbeatRequest
    : IKafkaRequest<ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse>
{
    [Field("0+")]
    public string GroupId { get; init; } = "";

    [Field("0+")]
    public string MemberId { get; init; } = "";

    [Field("0+")]
    public int MemberEpoch { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? InstanceId { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? RackId { get; init; }

    [Field("0+")]
    public int RebalanceTimeoutMs { get; init; } = -1;

    [Field("0+", Nullable = "0+")]
    public string[]? SubscribedTopicNames { get; init; }

    [Field("1+", Nullable = "1+")]
    public string? SubscribedTopicRegex { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ServerAssignor { get; init; }

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
