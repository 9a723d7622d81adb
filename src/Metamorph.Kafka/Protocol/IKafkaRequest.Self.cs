namespace Metamorph.Kafka.Protocol;

/// <summary>What a client asks, seen by a receiver: it can be read, and it names its answer.</summary>
public interface IKafkaRequest<TSelf, TResponse> : IKafkaApiMessage<TSelf>, IKafkaRequest<TResponse>
    where TSelf : IKafkaRequest<TSelf, TResponse>
    where TResponse : IKafkaResponse<TResponse>
{
}
