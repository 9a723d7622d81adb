namespace Metamorph.Kafka.Protocol;

/// <summary>What a broker answers.</summary>
public interface IKafkaResponse<TSelf> : IKafkaApiMessage<TSelf>
    where TSelf : IKafkaResponse<TSelf>
{
}
