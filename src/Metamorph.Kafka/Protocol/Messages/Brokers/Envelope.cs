namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.Envelope, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class EnvelopeRequest : IKafkaRequest<EnvelopeRequest, EnvelopeResponse>
{
    [Field("0+")]
    public ReadOnlyMemory<byte> RequestData { get; init; }

    [Field("0+", Nullable = "0+")]
    public ReadOnlyMemory<byte>? RequestPrincipal { get; init; } = ReadOnlyMemory<byte>.Empty;

    [Field("0+")]
    public ReadOnlyMemory<byte> ClientHostAddress { get; init; }
}

[KafkaMessage(ApiKey.Envelope, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class EnvelopeResponse : IKafkaResponse<EnvelopeResponse>
{
    [Field("0+", Nullable = "0+")]
    public ReadOnlyMemory<byte>? ResponseData { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }
}
