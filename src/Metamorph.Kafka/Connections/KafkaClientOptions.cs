namespace Metamorph.Kafka.Connections;

/// <summary>Limits of a client's connections.</summary>
public sealed record KafkaClientOptions
{
    /// <summary>The client id that brokers log and count quotas by. Default <c>metamorph</c>.</summary>
    public string ClientId { get; init; } = "metamorph";

    /// <summary>
    /// How long a connection may take to be made. Default 3 seconds: a machine that is there answers in far less.
    /// </summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long writing a request and its answer may take together; past it the connection is given up. Default 10
    /// seconds.
    /// </summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests on their way on one connection; a further one waits. Default 32.</summary>
    /// <remarks>A broker works on one at a time (it mutes the channel), so more only fill its socket buffer.</remarks>
    public int MaxInFlight { get; init; } = 32;

    /// <summary>
    /// The largest answer that is read. Default 256 MiB: some twenty times a Metadata answer of 200,000 partitions.
    /// </summary>
    public int MaxResponseBytes { get; init; } = 256 * 1024 * 1024;
}
