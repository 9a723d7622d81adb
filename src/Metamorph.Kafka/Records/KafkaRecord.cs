namespace Metamorph.Kafka.Records;

/// <summary>One record of a batch. Key, value and headers are slices of the batch's bytes.</summary>
public readonly record struct KafkaRecord
{
    /// <summary>Where in its partition the record is.</summary>
    public required long Offset { get; init; }

    /// <summary>Milliseconds since 1970: when it was made, or appended where the batch says so.</summary>
    public required long TimestampMs { get; init; }

    /// <summary>The key; <c>null</c> when it has none.</summary>
    public required ReadOnlyMemory<byte>? Key { get; init; }

    /// <summary>The value; <c>null</c> is a tombstone in a compacted topic.</summary>
    public required ReadOnlyMemory<byte>? Value { get; init; }

    /// <summary>The headers, in the order they were added in.</summary>
    public required RecordHeader[] Headers { get; init; }
}
