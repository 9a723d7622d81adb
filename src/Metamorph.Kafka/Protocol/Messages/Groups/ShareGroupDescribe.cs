namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks for the state and the members of share groups. KIP-932; API key 77.</summary>
/// <remarks>Needs DESCRIBE on GROUP.</remarks>
[KafkaMessage(ApiKey.ShareGroupDescribe, MessageKind.Request, Versions = "1", Flexible = "0+")]
public sealed partial class ShareGroupDescribeRequest
    : IKafkaRequest<ShareGroupDescribeRequest, ShareGroupDescribeResponse>
{
    [Field("0+")]
    public string[] GroupIds { get; init; } = [];

    [Field("0+")]
    public bool IncludeAuthorizedOperations { get; init; }
}

/// <summary>Each share group with its members. Answers <see cref="ShareGroupDescribeRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet. <see cref="ErrorCode.GroupIdNotFound"/>,
/// <see cref="ErrorCode.GroupAuthorizationFailed"/>.
/// </remarks>
[KafkaMessage(ApiKey.ShareGroupDescribe, MessageKind.Response, Versions = "1", Flexible = "0+")]
public sealed partial class ShareGroupDescribeResponse : IKafkaResponse<ShareGroupDescribeResponse>
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
        public string? RackId { get; init; }

        [Field("0+")]
        public int MemberEpoch { get; init; }

        [Field("0+")]
        public string ClientId { get; init; } = "";

        [Field("0+")]
        public string ClientHost { get; init; } = "";

        [Field("0+")]
        public string[] SubscribedTopicNames { get; init; } = [];

        [Field("0+")]
        public Assignment Assignment { get; init; } = Assignment.Unset;
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
