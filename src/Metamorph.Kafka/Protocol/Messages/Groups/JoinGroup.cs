namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Joins a classic group, and waits there for the others. API key 11.</summary>
/// <remarks>
/// Needs READ on GROUP. The answer is held back until every member has joined, so its time limit must exceed
/// <see cref="RebalanceTimeoutMs"/>.
/// </remarks>
[KafkaMessage(ApiKey.JoinGroup, MessageKind.Request, Versions = "0-9", Flexible = "6+")]
public sealed partial class JoinGroupRequest : IKafkaRequest<JoinGroupRequest, JoinGroupResponse>
{
    [Field("0+")]
    public string GroupId { get; init; } = "";

    [Field("0+")]
    public int SessionTimeoutMs { get; init; }

    /// <summary>
    /// How long the coordinator waits for members to join; version 0 uses the session timeout, here -1.
    /// </summary>
    [Field("1+", Ignorable = true)]
    public int RebalanceTimeoutMs { get; init; } = -1;

    /// <summary>Empty the first time; the coordinator gives one.</summary>
    [Field("0+")]
    public string MemberId { get; init; } = "";

    /// <summary>Names a static member, whose restart makes no rebalance (KIP-345); null for a dynamic one.</summary>
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

/// <summary>
/// The generation that was formed; the leader also gets all members. Answers <see cref="JoinGroupRequest"/>.
/// </summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet. <see cref="ErrorCode.MemberIdRequired"/>:
/// join again under <see cref="MemberId"/>. <see cref="ErrorCode.UnknownMemberId"/>: join again as a new member.
/// <see cref="ErrorCode.FencedInstanceId"/>: another has the same instance id, so stop.
/// <see cref="ErrorCode.InconsistentGroupProtocol"/>, <see cref="ErrorCode.GroupMaxSizeReached"/>,
/// <see cref="ErrorCode.InvalidSessionTimeout"/>.
/// </remarks>
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

    /// <summary>The member that assigns; it is oneself when it equals <see cref="MemberId"/>.</summary>
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
