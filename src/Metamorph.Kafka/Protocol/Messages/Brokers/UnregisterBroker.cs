namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.UnregisterBroker, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class UnregisterBrokerRequest : IKafkaRequest<UnregisterBrokerRequest, UnregisterBrokerResponse>
{
    [Field("0+")]
    public int BrokerId { get; init; }
}

[KafkaMessage(ApiKey.UnregisterBroker, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class UnregisterBrokerResponse : IKafkaResponse<UnregisterBrokerResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ErrorMessage { get; init; } = "";
}
