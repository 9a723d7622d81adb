namespace Metamorph.Kafka.Protocol;

/// <summary>A message that belongs to an API: one half of a request and its response.</summary>
public interface IKafkaApiMessage<TSelf> : IKafkaMessage<TSelf>
    where TSelf : IKafkaApiMessage<TSelf>
{
    /// <summary>Which API the message belongs to.</summary>
    static abstract ApiKey Key { get; }

    /// <summary>The version of the header that goes before the body.</summary>
    static abstract short HeaderVersion(short version);
}
