namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>A broker passes a client's request on to the controller, with who asked. KIP-590; API key 58.</summary>
/// <remarks>Needs CLUSTER_ACTION on CLUSTER.</remarks>
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

/// <summary>The controller's answer to what was passed on. Answers <see cref="EnvelopeRequest"/>.</summary>
/// <remarks>
/// The error is about the envelope: <see cref="ErrorCode.ClusterAuthorizationFailed"/>,
/// <see cref="ErrorCode.PrincipalDeserializationFailure"/>, <see cref="ErrorCode.NotController"/>. The answer inside
/// has its own.
/// </remarks>
[KafkaMessage(ApiKey.Envelope, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class EnvelopeResponse : IKafkaResponse<EnvelopeResponse>
{
    [Field("0+", Nullable = "0+")]
    public ReadOnlyMemory<byte>? ResponseData { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }
}
