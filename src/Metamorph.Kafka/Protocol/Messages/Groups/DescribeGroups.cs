namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks for the state and the members of classic groups. API key 15.</summary>
/// <remarks>Needs DESCRIBE on GROUP.</remarks>
[KafkaMessage(ApiKey.DescribeGroups, MessageKind.Request, Versions = "0-6", Flexible = "5+")]
public sealed partial class DescribeGroupsRequest : IKafkaRequest<DescribeGroupsRequest, DescribeGroupsResponse>
{
    [Field("0+")]
    public string[] Groups { get; init; } = [];

    [Field("3+")]
    public bool IncludeAuthorizedOperations { get; init; }
}

/// <summary>Each group with its members. Answers <see cref="DescribeGroupsRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet. <see cref="ErrorCode.GroupIdNotFound"/>:
/// from 6 on; before, an unknown group is one in state Dead (KIP-1043).
/// <see cref="ErrorCode.GroupAuthorizationFailed"/>. A group of another type is unknown here:
/// <see cref="ConsumerGroupDescribeRequest"/> has the newer ones.
/// </remarks>
[KafkaMessage(ApiKey.DescribeGroups, MessageKind.Response, Versions = "0-6", Flexible = "5+")]
public sealed partial class DescribeGroupsResponse : IKafkaResponse<DescribeGroupsResponse>
{
    [Field("1+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public Group[] Groups { get; init; } = [];

    public sealed partial class Group
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("6+", Nullable = "6+")]
        public string? ErrorMessage { get; init; }

        [Field("0+")]
        public string GroupId { get; init; } = "";

        /// <summary>Stable, PreparingRebalance, CompletingRebalance, Empty or Dead.</summary>
        [Field("0+")]
        public string GroupState { get; init; } = "";

        [Field("0+")]
        public string ProtocolType { get; init; } = "";

        [Field("0+")]
        public string ProtocolData { get; init; } = "";

        [Field("0+")]
        public Member[] Members { get; init; } = [];

        /// <summary>
        /// What the asker may do, a bit for each operation; <see cref="int.MinValue"/> when it was not asked.
        /// </summary>
        [Field("3+")]
        public int AuthorizedOperations { get; init; } = int.MinValue;
    }

    public sealed partial class Member
    {
        [Field("0+")]
        public string MemberId { get; init; } = "";

        [Field("4+", Nullable = "4+", Ignorable = true)]
        public string? GroupInstanceId { get; init; }

        [Field("0+")]
        public string ClientId { get; init; } = "";

        [Field("0+")]
        public string ClientHost { get; init; } = "";

        /// <summary>
        /// What the member joined with: a <see cref="ConsumerProtocolSubscription"/> after its version, for
        /// consumers.
        /// </summary>
        [Field("0+")]
        public ReadOnlyMemory<byte> MemberMetadata { get; init; }

        /// <summary>
        /// What it was given: a <see cref="ConsumerProtocolAssignment"/> after its version, for consumers.
        /// </summary>
        [Field("0+")]
        public ReadOnlyMemory<byte> MemberAssignment { get; init; }
    }
}
