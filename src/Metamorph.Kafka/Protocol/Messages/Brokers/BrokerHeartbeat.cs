namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>A broker tells the controller that it lives, and what it wants. KIP-631; API key 63.</summary>
/// <remarks>
/// Needs CLUSTER_ACTION on CLUSTER; sent by brokers alone. A broker that is silent for
/// <c>broker.session.timeout.ms</c> is fenced.
/// </remarks>
[KafkaMessage(ApiKey.BrokerHeartbeat, MessageKind.Request, Versions = "0-2", Flexible = "0+")]
public sealed partial class BrokerHeartbeatRequest : IKafkaRequest<BrokerHeartbeatRequest, BrokerHeartbeatResponse>
{
    [Field("0+")]
    public int BrokerId { get; init; }

    [Field("0+")]
    public long BrokerEpoch { get; init; } = -1;

    /// <summary>How far the broker has read the metadata log.</summary>
    [Field("0+")]
    public long CurrentMetadataOffset { get; init; }

    [Field("0+")]
    public bool WantFence { get; init; }

    /// <summary>Starts a controlled shutdown: the controller moves leadership away first.</summary>
    [Field("0+")]
    public bool WantShutDown { get; init; }

    [Field("1+", Tag = 0, Tagged = "1+")]
    public Guid[] OfflineLogDirs { get; init; } = [];

    [Field("2+", Nullable = "2+", Tag = 1, Tagged = "2+")]
    public Guid[]? CordonedLogDirs { get; init; }
}

/// <summary>Answers <see cref="BrokerHeartbeatRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.StaleBrokerEpoch"/>: another process has registered the id.
/// <see cref="ErrorCode.BrokerIdNotRegistered"/>, <see cref="ErrorCode.NotController"/>.
/// </remarks>
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

    /// <summary>Nothing is led any more: the broker may go.</summary>
    [Field("0+")]
    public bool ShouldShutDown { get; init; }
}
