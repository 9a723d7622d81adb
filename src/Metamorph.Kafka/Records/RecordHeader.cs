namespace Metamorph.Kafka.Records;

/// <summary>A name and a value that travel with a record beside its own.</summary>
public readonly record struct RecordHeader(string Key, ReadOnlyMemory<byte>? Value);
