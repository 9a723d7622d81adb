namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Pushes a client's metrics to a broker, in the format of OpenTelemetry. KIP-714; API key 72.</summary>
[KafkaMessage(ApiKey.PushTelemetry, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class PushTelemetryRequest : IKafkaRequest<PushTelemetryRequest, PushTelemetryResponse>
{
    [Field("0+")]
    public Guid ClientInstanceId { get; init; }

    [Field("0+")]
    public int SubscriptionId { get; init; }

    [Field("0+")]
    public bool Terminating { get; init; }

    [Field("0+")]
    public sbyte CompressionType { get; init; }

    [Field("0+")]
    public ReadOnlyMemory<byte> Metrics { get; init; }
}

/// <summary>Answers <see cref="PushTelemetryRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.UnknownSubscriptionId"/>: ask for the subscription again.
/// <see cref="ErrorCode.TelemetryTooLarge"/>: push less. <see cref="ErrorCode.UnsupportedCompressionType"/>: push it
/// plain.
/// </remarks>
[KafkaMessage(ApiKey.PushTelemetry, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class PushTelemetryResponse : IKafkaResponse<PushTelemetryResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }
}
