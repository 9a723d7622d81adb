namespace Metamorph.Kafka.Protocol.Messages;

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

[KafkaMessage(ApiKey.PushTelemetry, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class PushTelemetryResponse : IKafkaResponse<PushTelemetryResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }
}
