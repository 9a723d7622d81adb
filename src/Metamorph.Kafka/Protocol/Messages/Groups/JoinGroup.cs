namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.JoinGroup, MessageKind.Request, Versions = "0-9", Flexible = "6+")]
public sealed partial class JoinGroupRequest : IKafkaRequest<JoinGroupRequest, JoinGroupResponse>
{
    [Field("0+")]
    public string GroupId { get; init; } = "";

    [Field("0+")]
    public int SessionTimeoutMs { get; init; }

    [Field("1+", Ignorable = true)]
    public int RebalanceTimeoutMs { get; init; } = -1;

    [Field("0+")]
    public string MemberId { get; init; } = "";

    [Field("5+", Nullable = "5+")]
    public string? GroupInstanceId { get; init; }

    [Field("0+")]
    public string ProtocolType { get; init; } = "";

    [Field("0+")]
    public Protocol[] Protocols { get; init; } = [];

    [Field("8+", Nullable = "8+", Ignorable = true)]
    public string? Reason { get; init; }

    public sealed partial class Protocol
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public ReadOnlyMemory<byte> Metadata { get; init; }
    }
}

[KafkaMessage(ApiKey.JoinGroup, MessageKind.Response, Versions = "0-9", Flexible = "6+")]
public sealed partial class JoinGroupResponse : IKafkaResponse<JoinGroupResponse>
{
    [Field("2+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public int GenerationId { get; init; } = -1;

    [Field("7+", Nullable = "7+", Ignorable = true)]
    public string? ProtocolType { get; init; }

    [Field("0+", Nullable = "7+")]
    public string? ProtocolName { get; init; } = "";

    [Field("0+")]
    public string Leader { get; init; } = "";

    [Field("9+")]
    public bool SkipAssignment { get; init; }

    [Field("0+")]
    public string MemberId { get; init; } = "";

    [Field("0+")]
    public Member[] Members { get; init; } = [];

    public sealed partial class Member
    {
        [Field("0+")]
        public string MemberId { get; init; } = "";

        [Field("5+", Nullable = "5+", Ignorable = true)]
        public string? GroupInstanceId { get; init; }

        [Field("0+")]
        public ReadOnlyMemory<byte> Metadata { get; init; }
    }
}
