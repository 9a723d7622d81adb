namespace Metamorph.Kafka.Errors;

/// <summary>Bytes do not mean what the protocol says they should, or a message cannot be said in a version.</summary>
/// <remarks>
/// After reading: nothing that arrived later on the same connection can be trusted, so it must be closed; a new
/// connection may be made. After writing: no byte has left, and the connection is untouched. Not retriable: the same
/// bytes, or the same message, fail again.
/// </remarks>
public sealed class KafkaProtocolException(string message, Exception? innerException = null)
    : KafkaException(message, innerException)
{
    /// <inheritdoc/>
    public override bool IsRetriable => false;
}
