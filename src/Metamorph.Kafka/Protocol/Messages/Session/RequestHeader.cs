namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(Versions = "1-2", Flexible = "2+")]
public sealed partial class RequestHeader : IKafkaMessage<RequestHeader>
{
    [Field("0+")]
    public short RequestApiKey { get; init; }

    [Field("0+")]
    public short RequestApiVersion { get; init; }

    [Field("0+")]
    public int CorrelationId { get; init; }

    [Field("1+", Nullable = "1+", Flexible = "none")]
    public string? ClientId { get; init; } = "";
}
