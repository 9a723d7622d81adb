namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Names the SASL mechanism to authenticate with. KIP-43, KIP-152; API key 17.</summary>
/// <remarks>
/// Needs no permission. After version 1 the tokens travel in <see cref="SaslAuthenticateRequest"/>; after version 0
/// they are frames without any header.
/// </remarks>
[KafkaMessage(ApiKey.SaslHandshake, MessageKind.Request, Versions = "0-1")]
public sealed partial class SaslHandshakeRequest : IKafkaRequest<SaslHandshakeRequest, SaslHandshakeResponse>
{
    [Field("0+")]
    public string Mechanism { get; init; } = "";
}

/// <summary>Whether the mechanism may be used, and which may. Answers <see cref="SaslHandshakeRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.UnsupportedSaslMechanism"/>: choose one of <see cref="Mechanisms"/>.
/// <see cref="ErrorCode.IllegalSaslState"/>: the connection is past its handshake, or the listener has no SASL.
/// </remarks>
[KafkaMessage(ApiKey.SaslHandshake, MessageKind.Response, Versions = "0-1")]
public sealed partial class SaslHandshakeResponse : IKafkaResponse<SaslHandshakeResponse>
{
    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public string[] Mechanisms { get; init; } = [];
}
