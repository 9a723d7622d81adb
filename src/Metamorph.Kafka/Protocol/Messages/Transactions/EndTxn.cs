namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.EndTxn, MessageKind.Request, Versions = "0-5", Flexible = "3+")]
public sealed partial class EndTxnRequest : IKafkaRequest<EndTxnRequest, EndTxnResponse>
{
    [Field("0+")]
    public string TransactionalId { get; init; } = "";

    [Field("0+")]
    public long ProducerId { get; init; }

    [Field("0+")]
    public short ProducerEpoch { get; init; }

    [Field("0+")]
    public bool Committed { get; init; }
}

[KafkaMessage(ApiKey.EndTxn, MessageKind.Response, Versions = "0-5", Flexible = "3+")]
public sealed partial class EndTxnResponse : IKafkaResponse<EndTxnResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("5+", Ignorable = true)]
    public long ProducerId { get; init; } = -1;

    [Field("5+", Ignorable = true)]
    public short ProducerEpoch { get; init; } = -1;
}
