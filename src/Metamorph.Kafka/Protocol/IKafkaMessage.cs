namespace Metamorph.Kafka.Protocol;

/// <summary>Anything the protocol can say: a request, a response, a header, or bytes embedded in one of them.</summary>
public interface IKafkaMessage
{
    /// <summary>Appends the message as <paramref name="version"/> says it, without any header.</summary>
    /// <exception cref="Errors.KafkaProtocolException">
    /// The version does not exist, or cannot carry a value that was set and must not be lost. What was appended until
    /// then is of no use.
    /// </exception>
    void Write(ref KafkaWriter writer, short version);
}
