namespace Metamorph.Kafka.Protocol;

/// <summary>A message that can be read back as <typeparamref name="TSelf"/>.</summary>
public interface IKafkaMessage<TSelf> : IKafkaMessage
    where TSelf : IKafkaMessage<TSelf>
{
    /// <summary>The versions this build can read and write.</summary>
    static abstract VersionRange Versions { get; }

    /// <summary>
    /// Whether a read message may refer to the bytes it was read from, so that they must live as long as the message
    /// does and must not go back to a pool.
    /// </summary>
    static abstract bool KeepsFrame { get; }

    /// <summary>Whether <paramref name="version"/> has compact lengths and tagged fields (KIP-482).</summary>
    static abstract bool IsFlexible(short version);

    /// <summary>Reads the message as <paramref name="version"/> says it, without any header.</summary>
    /// <remarks>Bytes after the message are left unread: <see cref="KafkaReader.ExpectEnd"/> refuses them.</remarks>
    /// <exception cref="Errors.KafkaProtocolException">
    /// The version does not exist, or the bytes are not such a message.
    /// </exception>
    static abstract TSelf Read(ref KafkaReader reader, short version);
}
