namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>
/// What a consumer of a classic group is given. It stands in <see cref="SyncGroupResponse"/> after its version as two
/// bytes.
/// </summary>
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
