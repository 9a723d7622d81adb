namespace Metamorph.Kafka.Protocol.Messages;

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

[KafkaMessage(ApiKey.Heartbeat, MessageKind.Response, Versions = "0-4", Flexible = "4+")]
public sealed partial class HeartbeatResponse : IKafkaResponse<HeartbeatResponse>
{
    [Field("1+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }
}
