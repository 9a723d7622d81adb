namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.BrokerHeartbeat, MessageKind.Request, Versions = "0-2", Flexible = "0+")]
public sealed partial class BrokerHeartbeatRequest : IKafkaRequest<BrokerHeartbeatRequest, BrokerHeartbeatResponse>
{
    [Field("0+")]
    public int BrokerId { get; init; }

    [Field("0+")]
    public long BrokerEpoch { get; init; } = -1;

    [Field("0+")]
    public long CurrentMetadataOffset { get; init; }

    [Field("0+")]
    public bool WantFence { get; init; }

    [Field("0+")]
    public bool WantShutDown { get; init; }

    [Field("1+", Tag = 0, Tagged = "1+")]
    public Guid[] OfflineLogDirs { get; init; } = [];

    [Field("2+", Nullable = "2+", Tag = 1, Tagged = "2+")]
    public Guid[]? CordonedLogDirs { get; init; }
}

[KafkaMessage(ApiKey.BrokerHeartbeat, MessageKind.Response, Versions = "0-2", Flexible = "0+")]
public sealed partial class BrokerHeartbeatResponse : IKafkaResponse<BrokerHeartbeatResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public bool IsCaughtUp { get; init; }

    [Field("0+")]
    public bool IsFenced { get; init; } = true;

    [Field("0+")]
    public bool ShouldShutDown { get; init; }
}
