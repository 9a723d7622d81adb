namespace Metamorph.Model;

/// <summary>A consumer group with the records it has still to read.</summary>
public sealed record ConsumerGroup
{
    public required string Id { get; init; }

    /// <summary><c>classic</c>, <c>consumer</c> (KIP-848), <c>share</c>, <c>streams</c>.</summary>
    public string Type { get; init; } = "classic";

    /// <summary>Kafka's own word: Stable, PreparingRebalance, Empty, Dead …</summary>
    public required string State { get; init; }

    public int Members { get; init; }

    /// <summary>Sum over its partitions of log end offset minus committed offset.</summary>
    public Observed<long> Lag { get; init; }
}
