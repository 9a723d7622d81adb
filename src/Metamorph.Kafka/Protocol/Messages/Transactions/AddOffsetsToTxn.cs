namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.AddOffsetsToTxn, MessageKind.Request, Versions = "0-4", Flexible = "3+")]
public sealed partial class AddOffsetsToTxnRequest : IKafkaRequest<AddOffsetsToTxnRequest, AddOffsetsToTxnResponse>
{
    [Field("0+")]
    public string TransactionalId { get; init; } = "";

    [Field("0+")]
    public long ProducerId { get; init; }

    [Field("0+")]
    public short ProducerEpoch { get; init; }

    [Field("0+")]
    public string GroupId { get; init; } = "";
}

[KafkaMessage(ApiKey.AddOffsetsToTxn, MessageKind.Response, Versions = "0-4", Flexible = "3+")]
public sealed partial class AddOffsetsToTxnResponse : IKafkaResponse<AddOffsetsToTxnResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }
}
