namespace Metamorph.Kafka.Errors;

/// <summary>Something between us and a Kafka cluster did not work. Each case says what is still usable.</summary>
public abstract class KafkaException : Exception
{
    private protected KafkaException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// Whether the same request may succeed later without anyone changing anything: after a pause, or after asking the
    /// cluster anew who leads and coordinates.
    /// </summary>
    public abstract bool IsRetriable { get; }
}
