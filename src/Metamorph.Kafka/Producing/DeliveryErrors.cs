namespace Metamorph.Kafka.Producing;

/// <summary>Names of failures that are the producer's own judgement rather than a broker's answer.</summary>
public static class DeliveryErrors
{
    /// <summary>The record was not acknowledged in time; it may or may not be in the log.</summary>
    public const string DeliveryTimeout = "DELIVERY_TIMEOUT";

    /// <summary>The producer was closed before the record was acknowledged; it may or may not be in the log.</summary>
    public const string Closed = "PRODUCER_CLOSED";

    /// <summary>So many batches of the partition failed that no producer epoch is left.</summary>
    public const string EpochsExhausted = "PRODUCER_EPOCHS_EXHAUSTED";
}
