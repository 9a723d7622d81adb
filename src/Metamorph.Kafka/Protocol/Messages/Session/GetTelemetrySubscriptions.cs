namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks which metrics the broker wants from this client. KIP-714; API key 71.</summary>
/// <remarks>Brokers hide it unless a receiver of client metrics is configured.</remarks>
[KafkaMessage(ApiKey.GetTelemetrySubscriptions, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class GetTelemetrySubscriptionsRequest
    : IKafkaRequest<GetTelemetrySubscriptionsRequest, GetTelemetrySubscriptionsResponse>
{
    [Field("0+")]
    public Guid ClientInstanceId { get; init; }
}

/// <summary>Which metrics to push and how often. Answers <see cref="GetTelemetrySubscriptionsRequest"/>.</summary>
[KafkaMessage(ApiKey.GetTelemetrySubscriptions, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class GetTelemetrySubscriptionsResponse : IKafkaResponse<GetTelemetrySubscriptionsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public Guid ClientInstanceId { get; init; }

    [Field("0+")]
    public int SubscriptionId { get; init; }

    [Field("0+")]
    public sbyte[] AcceptedCompressionTypes { get; init; } = [];

    [Field("0+")]
    public int PushIntervalMs { get; init; }

    [Field("0+")]
    public int TelemetryMaxBytes { get; init; }

    [Field("0+")]
    public bool DeltaTemporality { get; init; }

    [Field("0+")]
    public string[] RequestedMetrics { get; init; } = [];
}
