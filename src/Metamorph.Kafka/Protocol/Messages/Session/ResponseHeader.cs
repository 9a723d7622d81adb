namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(Versions = "0-1", Flexible = "1+")]
public sealed partial class ResponseHeader : IKafkaMessage<ResponseHeader>
{
    [Field("0+")]
    public int CorrelationId { get; init; }
}
