namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.SaslAuthenticate, MessageKind.Request, Versions = "0-2", Flexible = "2+")]
public sealed partial class SaslAuthenticateRequest : IKafkaRequest<SaslAuthenticateRequest, SaslAuthenticateResponse>
{
    [Field("0+")]
    public ReadOnlyMemory<byte> AuthBytes { get; init; }
}

[KafkaMessage(ApiKey.SaslAuthenticate, MessageKind.Response, Versions = "0-2", Flexible = "2+")]
public sealed partial class SaslAuthenticateResponse : IKafkaResponse<SaslAuthenticateResponse>
{
    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ErrorMessage { get; init; } = "";

    [Field("0+")]
    public ReadOnlyMemory<byte> AuthBytes { get; init; }

    [Field("1+", Ignorable = true)]
    public long SessionLifetimeMs { get; init; }
}
