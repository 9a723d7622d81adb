namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>
/// Asks for the state, the topology and the members of groups of Kafka Streams. KIP-1071; API key 89.
/// </summary>
/// <remarks>Needs DESCRIBE on GROUP.</remarks>
[KafkaMessage(ApiKey.StreamsGroupDescribe, MessageKind.Request, Versions = "0-1", Flexible = "0+")]
public sealed partial class StreamsGroupDescribeRequest
    : IKafkaRequest<StreamsGroupDescribeRequest, StreamsGroupDescribeResponse>
{
    [Field("0+")]
    public string[] GroupIds { get; init; } = [];

    [Field("0+")]
    public bool IncludeAuthorizedOperations { get; init; }

    [Field("1+")]
    public bool IncludeTopologyDescription { get; init; }
}

/// <summary>Each group with its topology and members. Answers <see cref="StreamsGroupDescribeRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet. <see cref="ErrorCode.GroupIdNotFound"/>,
/// <see cref="ErrorCode.GroupAuthorizationFailed"/>.
/// </remarks>
[KafkaMessage(ApiKey.StreamsGroupDescribe, MessageKind.Response, Versions = "0-1", Flexible = "0+")]
public sealed partial class StreamsGroupDescribeResponse : IKafkaResponse<StreamsGroupDescribeResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public Group[] Groups { get; init; } = [];

    public sealed partial class Group
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? ErrorMessage { get; init; }

        [Field("0+")]
        public string GroupId { get; init; } = "";

        [Field("0+")]
        public string GroupState { get; init; } = "";

        [Field("0+")]
        public int GroupEpoch { get; init; }

        [Field("0+")]
        public int AssignmentEpoch { get; init; }

        [Field("0+", Nullable = "0+")]
        public Topology? Topology { get; init; }

        [Field("0+")]
        public Member[] Members { get; init; } = [];

        [Field("0+")]
        public int AuthorizedOperations { get; init; } = int.MinValue;

        [Field("1+", Nullable = "1+")]
        public TopologyDescription? TopologyDescription { get; init; }

        [Field("1+")]
        public sbyte TopologyDescriptionStatus { get; init; }

        [Field("1+", Nullable = "1+", Ignorable = true)]
        public string? AssignorName { get; init; }
    }

    public sealed partial class Topology
    {
        [Field("0+")]
        public int Epoch { get; init; }

        [Field("0+", Nullable = "0+")]
        public Subtopology[]? Subtopologies { get; init; }
    }

    public sealed partial class Subtopology
    {
        [Field("0+")]
        public string SubtopologyId { get; init; } = "";

        [Field("0+")]
        public string[] SourceTopics { get; init; } = [];

        [Field("0+")]
        public string[] RepartitionSinkTopics { get; init; } = [];

        [Field("0+")]
        public TopicInfo[] StateChangelogTopics { get; init; } = [];

        [Field("0+")]
        public TopicInfo[] RepartitionSourceTopics { get; init; } = [];
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

    public sealed partial class Member
    {
        [Field("0+")]
        public string MemberId { get; init; } = "";

        [Field("0+")]
        public int MemberEpoch { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? InstanceId { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? RackId { get; init; }

        [Field("0+")]
        public string ClientId { get; init; } = "";

        [Field("0+")]
        public string ClientHost { get; init; } = "";

        [Field("0+")]
        public int TopologyEpoch { get; init; }

        [Field("0+")]
        public string ProcessId { get; init; } = "";

        [Field("0+", Nullable = "0+")]
        public Endpoint? UserEndpoint { get; init; }

        [Field("0+")]
        public KeyValue[] ClientTags { get; init; } = [];

        [Field("0+")]
        public TaskOffset[] TaskOffsets { get; init; } = [];

        [Field("0+")]
        public TaskOffset[] TaskEndOffsets { get; init; } = [];

        [Field("0+")]
        public Assignment Assignment { get; init; } = Assignment.Unset;

        [Field("0+")]
        public Assignment TargetAssignment { get; init; } = Assignment.Unset;

        [Field("0+")]
        public bool IsClassic { get; init; }
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

    public sealed partial class Assignment
    {
        [Field("0+")]
        public TaskIds[] ActiveTasks { get; init; } = [];

        [Field("0+")]
        public TaskIds[] StandbyTasks { get; init; } = [];

        [Field("0+")]
        public TaskIds[] WarmupTasks { get; init; } = [];
    }

    public sealed partial class TaskIds
    {
        [Field("0+")]
        public string SubtopologyId { get; init; } = "";

        [Field("0+")]
        public int[] Partitions { get; init; } = [];
    }

    public sealed partial class TopologyDescription
    {
        [Field("1+")]
        public TopologyDescriptionSubtopology[] Subtopologies { get; init; } = [];

        [Field("1+")]
        public TopologyDescriptionGlobalStore[] GlobalStores { get; init; } = [];
    }

    public sealed partial class TopologyDescriptionSubtopology
    {
        [Field("1+")]
        public string SubtopologyId { get; init; } = "";

        [Field("1+")]
        public TopologyDescriptionNode[] Nodes { get; init; } = [];
    }

    public sealed partial class TopologyDescriptionNode
    {
        [Field("1+")]
        public string Name { get; init; } = "";

        [Field("1+")]
        public sbyte NodeType { get; init; }

        [Field("1+")]
        public string[] SourceTopics { get; init; } = [];

        [Field("1+", Nullable = "1+")]
        public string? SinkTopic { get; init; }

        [Field("1+")]
        public string[] Stores { get; init; } = [];

        [Field("1+")]
        public string[] Successors { get; init; } = [];
    }

    public sealed partial class TopologyDescriptionGlobalStore
    {
        [Field("1+")]
        public TopologyDescriptionNode Source { get; init; } = TopologyDescriptionNode.Unset;

        [Field("1+")]
        public TopologyDescriptionNode Processor { get; init; } = TopologyDescriptionNode.Unset;
    }
}
