namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.UnregisterController, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class UnregisterControllerRequest
    : IKafkaRequest<UnregisterControllerRequest, UnregisterControllerResponse>
{
    [Field("0+")]
    public int ControllerId { get; init; }
}

[KafkaMessage(ApiKey.UnregisterController, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class UnregisterControllerResponse : IKafkaResponse<UnregisterControllerResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ErrorMessage { get; init; } = "";
}
