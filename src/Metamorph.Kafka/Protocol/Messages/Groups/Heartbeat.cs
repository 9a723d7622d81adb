namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Tells the coordinator that a member of a classic group lives. API key 12.</summary>
/// <remarks>Needs READ on GROUP.</remarks>
[KafkaMessage(ApiKey.Heartbeat, MessageKind.Request, Versions = "0-4", Flexible = "4+")]
public sealed partial class HeartbeatRequest : IKafkaRequest<HeartbeatRequest, HeartbeatResponse>
{
    [Field("0+")]
    public string GroupId { get; init; } = "";

    [Field("0+")]
    public int GenerationId { get; init; }

    [Field("0+")]
    public string MemberId { get; init; } = "";

    [Field("3+", Nullable = "3+")]
    public string? GroupInstanceId { get; init; }
}

/// <summary>Answers <see cref="HeartbeatRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet. <see cref="ErrorCode.RebalanceInProgress"/>:
/// join again, the member is still one. <see cref="ErrorCode.IllegalGeneration"/>,
/// <see cref="ErrorCode.UnknownMemberId"/>: join as a new one. <see cref="ErrorCode.FencedInstanceId"/>: stop.
/// </remarks>
[KafkaMessage(ApiKey.Heartbeat, MessageKind.Response, Versions = "0-4", Flexible = "4+")]
public sealed partial class HeartbeatResponse : IKafkaResponse<HeartbeatResponse>
{
    [Field("1+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }
}
