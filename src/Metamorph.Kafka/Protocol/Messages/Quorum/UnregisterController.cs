namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Makes the cluster forget a controller that is gone. API key 94.</summary>
/// <remarks>Needs ALTER on CLUSTER. Kafka 4.3 does not have it yet.</remarks>
[KafkaMessage(ApiKey.UnregisterController, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class UnregisterControllerRequest
    : IKafkaRequest<UnregisterControllerRequest, UnregisterControllerResponse>
{
    [Field("0+")]
    public int ControllerId { get; init; }
}

/// <summary>Answers <see cref="UnregisterControllerRequest"/>.</summary>
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
