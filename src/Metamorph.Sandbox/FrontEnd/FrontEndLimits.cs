namespace Metamorph.Sandbox;

/// <summary>What a front-end takes of its clients.</summary>
public sealed record FrontEndLimits
{
    /// <summary>
    /// The largest request; a larger one ends its connection. Default 100 MiB, Kafka's socket.request.max.bytes.
    /// </summary>
    public int MaxRequestBytes { get; init; } = 100 * 1024 * 1024;

    /// <summary>
    /// What large requests may take while they are read, all together; one too many ends its connection. Default
    /// 512 MiB: a handful of the largest, or some thousand ordinary batches.
    /// </summary>
    public long MaxBufferedBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>
    /// Open connections of one listener; a further one is closed at once. Default 4,000: a hundred brokers' worth of
    /// clients, and a fifth of the files that a process may usually have open.
    /// </summary>
    public int MaxConnections { get; init; } = 4000;
}
