namespace Metamorph.Kafka.Producing;

/// <summary>A record on its way to one partition.</summary>
/// <param name="Partition">Where to; the producer does not choose.</param>
/// <param name="TimestampMs">Unix time, as the log keeps it.</param>
/// <param name="Value">The bytes. They must not change until the record is delivered.</param>
public readonly record struct OutgoingRecord(int Partition, long TimestampMs, ReadOnlyMemory<byte> Value);
