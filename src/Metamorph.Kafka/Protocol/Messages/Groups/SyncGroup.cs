namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Hands in the assignment, from the leader, and asks for one's own. API key 14.</summary>
/// <remarks>Needs READ on GROUP. The answer is held back until the leader's is in.</remarks>
[KafkaMessage(ApiKey.SyncGroup, MessageKind.Request, Versions = "0-5", Flexible = "4+")]
public sealed partial class SyncGroupRequest : IKafkaRequest<SyncGroupRequest, SyncGroupResponse>
{
    [Field("0+")]
    public string GroupId { get; init; } = "";

    [Field("0+")]
    public int GenerationId { get; init; }

    [Field("0+")]
    public string MemberId { get; init; } = "";

    [Field("3+", Nullable = "3+")]
    public string? GroupInstanceId { get; init; }

    [Field("5+", Nullable = "5+", Ignorable = true)]
    public string? ProtocolType { get; init; }

    [Field("5+", Nullable = "5+", Ignorable = true)]
    public string? ProtocolName { get; init; }

    [Field("0+")]
    public MemberAssignment[] Assignments { get; init; } = [];

    public sealed partial class MemberAssignment
    {
        [Field("0+")]
        public string MemberId { get; init; } = "";

        [Field("0+")]
        public ReadOnlyMemory<byte> Assignment { get; init; }
    }
}

/// <summary>A member's assignment. Answers <see cref="SyncGroupRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet. <see cref="ErrorCode.RebalanceInProgress"/>,
/// <see cref="ErrorCode.IllegalGeneration"/>, <see cref="ErrorCode.UnknownMemberId"/>: join again.
/// <see cref="ErrorCode.FencedInstanceId"/>: stop.
/// </remarks>
[KafkaMessage(ApiKey.SyncGroup, MessageKind.Response, Versions = "0-5", Flexible = "4+")]
public sealed partial class SyncGroupResponse : IKafkaResponse<SyncGroupResponse>
{
    [Field("1+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("5+", Nullable = "5+", Ignorable = true)]
    public string? ProtocolType { get; init; }

    [Field("5+", Nullable = "5+", Ignorable = true)]
    public string? ProtocolName { get; init; }

    [Field("0+")]
    public ReadOnlyMemory<byte> Assignment { get; init; }
}
