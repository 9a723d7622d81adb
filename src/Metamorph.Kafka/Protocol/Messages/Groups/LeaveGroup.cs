namespace Metamorph.Kafka.Protocol.Messages;

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
