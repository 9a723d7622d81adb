namespace Metamorph.Kafka.Producing;

/// <summary>Limits of a producer. The defaults are those of Kafka's own producer, so that what is measured is what applications meet.</summary>
public sealed record ProducerOptions
{
    /// <summary>How long a record waits for company in its batch. Default 5 ms (linger.ms of Kafka 4).</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>The size at which a batch goes without waiting. Default 16 KiB (batch.size). One record may be larger.</summary>
    public int BatchBytes { get; init; } = 16 * 1024;

    /// <summary>The most that one request carries. Default 1 MiB (max.request.size).</summary>
    public int RequestBytes { get; init; } = 1024 * 1024;

    /// <summary>From a record's arrival to its failure, all retries included. Default 120 s (delivery.timeout.ms).</summary>
    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long a broker may wait for the in-sync replicas, and we for its answer. Default 30 s (request.timeout.ms).</summary>
    /// <remarks>Shorter finds a frozen broker sooner, and repeats requests that a slow follower only delays.</remarks>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests on their way to one broker. Default 5, the most that Kafka's idempotence bears; a partition has one at most.</summary>
    public int MaxInFlightPerBroker { get; init; } = 5;

    /// <summary>Bytes of records that wait or are on their way; appending waits for room beyond it. Default 128 MiB.</summary>
    /// <remarks>Four times buffer.memory: two minutes of 1 MB/s while no partition can be written.</remarks>
    public long BufferBytes { get; init; } = 128L * 1024 * 1024;
}
