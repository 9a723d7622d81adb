namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.SaslHandshake, MessageKind.Request, Versions = "0-1")]
public sealed partial class SaslHandshakeRequest : IKafkaRequest<SaslHandshakeRequest, SaslHandshakeResponse>
{
    [Field("0+")]
    public string Mechanism { get; init; } = "";
}

[KafkaMessage(ApiKey.SaslHandshake, MessageKind.Response, Versions = "0-1")]
public sealed partial class SaslHandshakeResponse : IKafkaResponse<SaslHandshakeResponse>
{
    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public string[] Mechanisms { get; init; } = [];
}
