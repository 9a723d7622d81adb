namespace Metamorph.Kafka.Errors;

/// <summary>The connection to one broker could not be made, or broke, or fell silent.</summary>
/// <remarks>
/// This connection is finished; a new one may be made, and connections to other brokers are unaffected. Always
/// retriable, but a request that changes something may have been carried out: see <see cref="MayHaveArrived"/>.
/// </remarks>
public sealed class KafkaConnectionException : KafkaException
{
    /// <param name="endpoint">The broker's address as host:port.</param>
    /// <param name="message">What happened, without the address.</param>
    /// <param name="mayHaveArrived">Whether a request had been handed to the network before it broke.</param>
    /// <param name="innerException">What the network said.</param>
    public KafkaConnectionException(
        string endpoint, string message, bool mayHaveArrived = false, Exception? innerException = null)
        : base($"{endpoint}: {message}", innerException)
    {
        Endpoint = endpoint;
        MayHaveArrived = mayHaveArrived;
    }

    /// <summary>The broker's address as host:port.</summary>
    public string Endpoint { get; }

    /// <summary>
    /// Whether the broker may have received a request that it never answered, and so may have acted on it.
    /// </summary>
    public bool MayHaveArrived { get; }

    /// <inheritdoc/>
    public override bool IsRetriable => true;
}
