namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(Versions = "0-3")]
public sealed partial class ConsumerProtocolAssignment : IKafkaMessage<ConsumerProtocolAssignment>
{
    [Field("0+")]
    public TopicPartition[] AssignedPartitions { get; init; } = [];

    [Field("0+", Nullable = "0+")]
    public ReadOnlyMemory<byte>? UserData { get; init; }

    public sealed partial class TopicPartition
    {
        [Field("0+")]
        public string Topic { get; init; } = "";

        [Field("0+")]
        public int[] Partitions { get; init; } = [];
    }
}
