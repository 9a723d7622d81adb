namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Takes members out of a group at once, rather than at their session timeout. API key 13.</summary>
/// <remarks>Needs READ on GROUP. From 3 on others than oneself can be taken out, by instance id (KIP-345).</remarks>
[KafkaMessage(ApiKey.LeaveGroup, MessageKind.Request, Versions = "0-5", Flexible = "4+")]
public sealed partial class LeaveGroupRequest : IKafkaRequest<LeaveGroupRequest, LeaveGroupResponse>
{
    [Field("0+")]
    public string GroupId { get; init; } = "";

    [Field("0-2")]
    public string MemberId { get; init; } = "";

    [Field("3+")]
    public Member[] Members { get; init; } = [];

    public sealed partial class Member
    {
        [Field("3+")]
        public string MemberId { get; init; } = "";

        [Field("3+", Nullable = "3+")]
        public string? GroupInstanceId { get; init; }

        [Field("5+", Nullable = "5+", Ignorable = true)]
        public string? Reason { get; init; }
    }
}

/// <summary>Answers <see cref="LeaveGroupRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet. <see cref="ErrorCode.UnknownMemberId"/>: it
/// is gone already.
/// </remarks>
[KafkaMessage(ApiKey.LeaveGroup, MessageKind.Response, Versions = "0-5", Flexible = "4+")]
public sealed partial class LeaveGroupResponse : IKafkaResponse<LeaveGroupResponse>
{
    [Field("1+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("3+")]
    public MemberResponse[] Members { get; init; } = [];

    public sealed partial class MemberResponse
    {
        [Field("3+")]
        public string MemberId { get; init; } = "";

        [Field("3+", Nullable = "3+")]
        public string? GroupInstanceId { get; init; } = "";

        [Field("3+")]
        public ErrorCode ErrorCode { get; init; }
    }
}
