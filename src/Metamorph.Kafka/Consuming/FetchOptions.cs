namespace Metamorph.Kafka.Consuming;

/// <summary>Limits of fetching. The defaults are those of Kafka's own consumer.</summary>
public sealed record FetchOptions
{
    /// <summary>How long a broker may wait for the first new record. Default 500 ms (fetch.max.wait.ms).</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The most of one partition in one answer. Default 1 MiB (max.partition.fetch.bytes); a larger batch comes alone.</summary>
    public int PartitionBytes { get; init; } = 1024 * 1024;

    /// <summary>The most in one answer. Default 50 MiB (fetch.max.bytes).</summary>
    public int RequestBytes { get; init; } = 50 * 1024 * 1024;

    /// <summary>How long an answer may take beyond <see cref="MaxWait"/>. Default 10 s: a frozen broker is noticed then.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
