namespace Metamorph.Kafka.Consuming;

/// <summary>A record as it was read.</summary>
/// <param name="Offset">Its place in the partition.</param>
/// <param name="TimestampMs">Unix time, as the log keeps it.</param>
/// <param name="Value">The bytes; empty where the record has none. They stay valid.</param>
public readonly record struct ConsumedRecord(long Offset, long TimestampMs, ReadOnlyMemory<byte> Value);
