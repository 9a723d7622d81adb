namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Joins, keeps alive and leaves a group of Kafka Streams. KIP-1071; API key 88.</summary>
/// <remarks>Needs READ on GROUP, and more for internal topics that are to be created.</remarks>
[KafkaMessage(ApiKey.StreamsGroupHeartbeat, MessageKind.Request, Versions = "0-1", Flexible = "0+")]
public sealed partial class StreamsGroupHeartbeatRequest
    : IKafkaRequest<StreamsGroupHeartbeatRequest, StreamsGroupHeartbeatResponse>
{
    [Field("0+")]
    public string GroupId { get; init; } = "";

    [Field("0+")]
    public string MemberId { get; init; } = "";

    [Field("0+")]
    public int MemberEpoch { get; init; }

    [Field("0+")]
    public int EndpointInformationEpoch { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? InstanceId { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? RackId { get; init; }

    [Field("0+")]
    public int RebalanceTimeoutMs { get; init; } = -1;

    [Field("0+", Nullable = "0+")]
    public TopologyShape? Topology { get; init; }

    [Field("0+", Nullable = "0+")]
    public TaskIds[]? ActiveTasks { get; init; }

    [Field("0+", Nullable = "0+")]
    public TaskIds[]? StandbyTasks { get; init; }

    [Field("0+", Nullable = "0+")]
    public TaskIds[]? WarmupTasks { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ProcessId { get; init; }

    [Field("0+", Nullable = "0+")]
    public Endpoint? UserEndpoint { get; init; }

    [Field("0+", Nullable = "0+")]
    public KeyValue[]? ClientTags { get; init; }

    [Field("0+", Nullable = "0+")]
    public TaskOffset[]? TaskOffsets { get; init; }

    [Field("0+", Nullable = "0+")]
    public TaskOffset[]? TaskEndOffsets { get; init; }

    [Field("0+")]
    public bool ShutdownApplication { get; init; }

    public sealed partial class TopologyShape
    {
        [Field("0+")]
        public int Epoch { get; init; }

        [Field("0+")]
        public Subtopology[] Subtopologies { get; init; } = [];
    }

    public sealed partial class Subtopology
    {
        [Field("0+")]
        public string SubtopologyId { get; init; } = "";

        [Field("0+")]
        public string[] SourceTopics { get; init; } = [];

        [Field("0+")]
        public string[] SourceTopicRegex { get; init; } = [];

        [Field("0+")]
        public TopicInfo[] StateChangelogTopics { get; init; } = [];

        [Field("0+")]
        public string[] RepartitionSinkTopics { get; init; } = [];

        [Field("0+")]
        public TopicInfo[] RepartitionSourceTopics { get; init; } = [];

        [Field("0+")]
        public CopartitionGroup[] CopartitionGroups { get; init; } = [];
    }

    public sealed partial class TopicInfo
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public int Partitions { get; init; }

        [Field("0+")]
        public short ReplicationFactor { get; init; }

        [Field("0+")]
        public KeyValue[] TopicConfigs { get; init; } = [];
    }

    public sealed partial class KeyValue
    {
        [Field("0+")]
        public string Key { get; init; } = "";

        [Field("0+")]
        public string Value { get; init; } = "";
    }

    public sealed partial class CopartitionGroup
    {
        [Field("0+")]
        public short[] SourceTopics { get; init; } = [];

        [Field("0+")]
        public short[] SourceTopicRegex { get; init; } = [];

        [Field("0+")]
        public short[] RepartitionSourceTopics { get; init; } = [];
    }

    public sealed partial class TaskIds
    {
        [Field("0+")]
        public string SubtopologyId { get; init; } = "";

        [Field("0+")]
        public int[] Partitions { get; init; } = [];
    }

    public sealed partial class Endpoint
    {
        [Field("0+")]
        public string Host { get; init; } = "";

        [Field("0+")]
        public ushort Port { get; init; }
    }

    public sealed partial class TaskOffset
    {
        [Field("0+")]
        public string SubtopologyId { get; init; } = "";

        [Field("0+")]
        public int Partition { get; init; }

        [Field("0+")]
        public long Offset { get; init; }
    }
}

/// <summary>
/// The member's epoch, and its tasks when they changed. Answers <see cref="StreamsGroupHeartbeatRequest"/>.
/// </summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet.
/// <see cref="ErrorCode.StreamsInvalidTopology"/>, <see cref="ErrorCode.StreamsInvalidTopologyEpoch"/>,
/// <see cref="ErrorCode.StreamsTopologyFenced"/>: the application's topology is not the group's.
/// <see cref="ErrorCode.FencedMemberEpoch"/>, <see cref="ErrorCode.UnknownMemberId"/>: join again.
/// </remarks>
[KafkaMessage(ApiKey.StreamsGroupHeartbeat, MessageKind.Response, Versions = "0-1", Flexible = "0+")]
public sealed partial class StreamsGroupHeartbeatResponse : IKafkaResponse<StreamsGroupHeartbeatResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ErrorMessage { get; init; }

    [Field("0+")]
    public string MemberId { get; init; } = "";

    [Field("0+")]
    public int MemberEpoch { get; init; }

    [Field("0+")]
    public int HeartbeatIntervalMs { get; init; }

    [Field("0")]
    public int AcceptableRecoveryLagLegacy { get; init; }

    [Field("0+")]
    public int TaskOffsetIntervalMs { get; init; }

    [Field("1+", Ignorable = true)]
    public long AcceptableRecoveryLag { get; init; } = -1;

    [Field("0+", Nullable = "0+")]
    public GroupStatus[]? Status { get; init; } = [];

    [Field("0+", Nullable = "0+")]
    public TaskIds[]? ActiveTasks { get; init; }

    [Field("0+", Nullable = "0+")]
    public TaskIds[]? StandbyTasks { get; init; }

    [Field("0+", Nullable = "0+")]
    public TaskIds[]? WarmupTasks { get; init; }

    [Field("1+")]
    public bool TopologyDescriptionRequired { get; init; }

    [Field("0+")]
    public int EndpointInformationEpoch { get; init; }

    [Field("0+", Nullable = "0+")]
    public EndpointToPartitions[]? PartitionsByUserEndpoint { get; init; }

    public sealed partial class GroupStatus
    {
        [Field("0+")]
        public sbyte StatusCode { get; init; }

        [Field("0+")]
        public string StatusDetail { get; init; } = "";
    }

    public sealed partial class TaskIds
    {
        [Field("0+")]
        public string SubtopologyId { get; init; } = "";

        [Field("0+")]
        public int[] Partitions { get; init; } = [];
    }

    public sealed partial class EndpointToPartitions
    {
        [Field("0+")]
        public Endpoint UserEndpoint { get; init; } = Endpoint.Unset;

        [Field("0+")]
        public TopicPartition[] ActivePartitions { get; init; } = [];

        [Field("0+")]
        public TopicPartition[] StandbyPartitions { get; init; } = [];
    }

    public sealed partial class Endpoint
    {
        [Field("0+")]
        public string Host { get; init; } = "";

        [Field("0+")]
        public ushort Port { get; init; }
    }

    public sealed partial class TopicPartition
    {
        [Field("0+")]
        public string Topic { get; init; } = "";

        [Field("0+")]
        public int[] Partitions { get; init; } = [];
    }
}
