namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>What goes before every response: the number of the request it answers.</summary>
[KafkaMessage(Versions = "0-1", Flexible = "1+")]
public sealed partial class ResponseHeader : IKafkaMessage<ResponseHeader>
{
    [Field("0+")]
    public int CorrelationId { get; init; }
}
