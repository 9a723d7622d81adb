namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>What goes before every request: which API, in which version, under which number.</summary>
/// <remarks>
/// Version 1 has the client id, 2 has tagged fields after it. The client id is never compact, in either version.
/// </remarks>
[KafkaMessage(Versions = "1-2", Flexible = "2+")]
public sealed partial class RequestHeader : IKafkaMessage<RequestHeader>
{
    [Field("0+")]
    public short RequestApiKey { get; init; }

    [Field("0+")]
    public short RequestApiVersion { get; init; }

    /// <summary>A number of the client's choice that comes back with the answer.</summary>
    [Field("0+")]
    public int CorrelationId { get; init; }

    /// <summary>A name for logs and quotas.</summary>
    [Field("1+", Nullable = "1+", Flexible = "none")]
    public string? ClientId { get; init; } = "";
}
