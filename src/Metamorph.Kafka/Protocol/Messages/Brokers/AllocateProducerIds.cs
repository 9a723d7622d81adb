namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>A broker asks for a block of producer ids to give out. KIP-730; API key 67.</summary>
/// <remarks>Needs CLUSTER_ACTION on CLUSTER.</remarks>
[KafkaMessage(ApiKey.AllocateProducerIds, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class AllocateProducerIdsRequest
    : IKafkaRequest<AllocateProducerIdsRequest, AllocateProducerIdsResponse>
{
    [Field("0+")]
    public int BrokerId { get; init; }

    [Field("0+")]
    public long BrokerEpoch { get; init; } = -1;
}

/// <summary>A block of ids. Answers <see cref="AllocateProducerIdsRequest"/>.</summary>
[KafkaMessage(ApiKey.AllocateProducerIds, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class AllocateProducerIdsResponse : IKafkaResponse<AllocateProducerIdsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public long ProducerIdStart { get; init; }

    [Field("0+")]
    public int ProducerIdLen { get; init; }
}
