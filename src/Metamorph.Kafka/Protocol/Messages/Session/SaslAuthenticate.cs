namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Carries one token of the chosen SASL mechanism to the node. KIP-152; API key 36.</summary>
/// <remarks>
/// Sent as often as the mechanism has rounds. The connection serves nothing else until it has succeeded.
/// </remarks>
[KafkaMessage(ApiKey.SaslAuthenticate, MessageKind.Request, Versions = "0-2", Flexible = "2+")]
public sealed partial class SaslAuthenticateRequest : IKafkaRequest<SaslAuthenticateRequest, SaslAuthenticateResponse>
{
    [Field("0+")]
    public ReadOnlyMemory<byte> AuthBytes { get; init; }
}

/// <summary>Carries the node's token back. Answers <see cref="SaslAuthenticateRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.SaslAuthenticationFailed"/> ends the connection, and <see cref="ErrorMessage"/> may tell why.
/// </remarks>
[KafkaMessage(ApiKey.SaslAuthenticate, MessageKind.Response, Versions = "0-2", Flexible = "2+")]
public sealed partial class SaslAuthenticateResponse : IKafkaResponse<SaslAuthenticateResponse>
{
    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ErrorMessage { get; init; } = "";

    [Field("0+")]
    public ReadOnlyMemory<byte> AuthBytes { get; init; }

    /// <summary>How long until the connection must authenticate again (KIP-368); 0 when it need not.</summary>
    [Field("1+", Ignorable = true)]
    public long SessionLifetimeMs { get; init; }
}
