namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks for the state and the members of groups of the newer kind. KIP-848; API key 69.</summary>
/// <remarks>Needs DESCRIBE on GROUP, and on each topic that members subscribe to.</remarks>
[KafkaMessage(ApiKey.ConsumerGroupDescribe, MessageKind.Request, Versions = "0-1", Flexible = "0+")]
public sealed partial class ConsumerGroupDescribeRequest
    : IKafkaRequest<ConsumerGroupDescribeRequest, ConsumerGroupDescribeResponse>
{
    [Field("0+")]
    public string[] GroupIds { get; init; } = [];

    [Field("0+")]
    public bool IncludeAuthorizedOperations { get; init; }
}

/// <summary>
/// Each group with its members, what they have and what they shall have. Answers
/// <see cref="ConsumerGroupDescribeRequest"/>.
/// </summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet. <see cref="ErrorCode.GroupIdNotFound"/>:
/// none, or a classic one. <see cref="ErrorCode.GroupAuthorizationFailed"/>,
/// <see cref="ErrorCode.UnsupportedVersion"/>.
/// </remarks>
[KafkaMessage(ApiKey.ConsumerGroupDescribe, MessageKind.Response, Versions = "0-1", Flexible = "0+")]
public sealed partial class ConsumerGroupDescribeResponse : IKafkaResponse<ConsumerGroupDescribeResponse>
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

        [Field("0+")]
        public string AssignorName { get; init; } = "";

        [Field("0+")]
        public Member[] Members { get; init; } = [];

        [Field("0+")]
        public int AuthorizedOperations { get; init; } = int.MinValue;
    }

    public sealed partial class Member
    {
        [Field("0+")]
        public string MemberId { get; init; } = "";

        [Field("0+", Nullable = "0+")]
        public string? InstanceId { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? RackId { get; init; }

        [Field("0+")]
        public int MemberEpoch { get; init; }

        [Field("0+")]
        public string ClientId { get; init; } = "";

        [Field("0+")]
        public string ClientHost { get; init; } = "";

        [Field("0+")]
        public string[] SubscribedTopicNames { get; init; } = [];

        [Field("0+", Nullable = "0+")]
        public string? SubscribedTopicRegex { get; init; }

        [Field("0+")]
        public Assignment Assignment { get; init; } = Assignment.Unset;

        [Field("0+")]
        public Assignment TargetAssignment { get; init; } = Assignment.Unset;

        /// <summary>-1 unknown, 0 classic, 1 of the newer kind.</summary>
        [Field("1+", Ignorable = true)]
        public sbyte MemberType { get; init; } = -1;
    }

    public sealed partial class Assignment
    {
        [Field("0+")]
        public AssignedTopic[] TopicPartitions { get; init; } = [];
    }

    public sealed partial class AssignedTopic
    {
        [Field("0+")]
        public Guid TopicId { get; init; }

        [Field("0+")]
        public string TopicName { get; init; } = "";

        [Field("0+")]
        public int[] Partitions { get; init; } = [];
    }
}
