namespace Metamorph.Kafka.Producing;

/// <summary>What became of a record: exactly one is reported for each.</summary>
/// <param name="Record">The record.</param>
/// <param name="Offset">Where it is, when it was acknowledged; null when it failed, or when the broker no longer knew where.</param>
/// <param name="Error">The name of what went wrong; null when it was acknowledged by all in-sync replicas.</param>
public readonly record struct Delivery(OutgoingRecord Record, long? Offset, string? Error)
{
    public bool IsAcked => Error is null;
}
