namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Makes the cluster forget a broker that is gone. KIP-500; API key 64.</summary>
/// <remarks>
/// Needs ALTER on CLUSTER. A broker that still runs, or starts again, registers anew. Replicas assigned to it stay
/// assigned, so move them away first. While it is registered its old feature levels hold back an upgrade.
/// </remarks>
[KafkaMessage(ApiKey.UnregisterBroker, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class UnregisterBrokerRequest : IKafkaRequest<UnregisterBrokerRequest, UnregisterBrokerResponse>
{
    [Field("0+")]
    public int BrokerId { get; init; }
}

/// <summary>Answers <see cref="UnregisterBrokerRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.BrokerIdNotRegistered"/>: there is none, which is as good as done.
/// <see cref="ErrorCode.NotController"/>, <see cref="ErrorCode.ClusterAuthorizationFailed"/>,
/// <see cref="ErrorCode.RequestTimedOut"/>: it may be done all the same. <see cref="ErrorCode.UnsupportedVersion"/>:
/// a cluster with ZooKeeper has no such request.
/// </remarks>
[KafkaMessage(ApiKey.UnregisterBroker, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class UnregisterBrokerResponse : IKafkaResponse<UnregisterBrokerResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ErrorMessage { get; init; } = "";
}
