namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.InitProducerId, MessageKind.Request, Versions = "0-6", Flexible = "2+")]
public sealed partial class InitProducerIdRequest : IKafkaRequest<InitProducerIdRequest, InitProducerIdResponse>
{
    [Field("0+", Nullable = "0+")]
    public string? TransactionalId { get; init; } = "";

    [Field("0+")]
    public int TransactionTimeoutMs { get; init; }

    [Field("3+")]
    public long ProducerId { get; init; } = -1;

    [Field("3+")]
    public short ProducerEpoch { get; init; } = -1;

    [Field("6+")]
    public bool Enable2Pc { get; init; }

    [Field("6+")]
    public bool KeepPreparedTxn { get; init; }
}

[KafkaMessage(ApiKey.InitProducerId, MessageKind.Response, Versions = "0-6", Flexible = "2+")]
public sealed partial class InitProducerIdResponse : IKafkaResponse<InitProducerIdResponse>
{
    [Field("0+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public long ProducerId { get; init; } = -1;

    [Field("0+")]
    public short ProducerEpoch { get; init; }

    [Field("6+")]
    public long OngoingTxnProducerId { get; init; } = -1;

    [Field("6+")]
    public short OngoingTxnProducerEpoch { get; init; } = -1;
}
