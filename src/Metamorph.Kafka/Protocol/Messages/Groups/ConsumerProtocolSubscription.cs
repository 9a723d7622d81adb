namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>
/// What a consumer joins a classic group with: the topics it wants. It stands in <see cref="JoinGroupRequest"/> after
/// its version as two bytes.
/// </summary>
[KafkaMessage(Versions = "0-3")]
public sealed partial class ConsumerProtocolSubscription : IKafkaMessage<ConsumerProtocolSubscription>
{
    [Field("0+")]
    public string[] Topics { get; init; } = [];

    [Field("0+", Nullable = "0+")]
    public ReadOnlyMemory<byte>? UserData { get; init; }

    /// <summary>What the member has now, for assignors that move as little as they can (KIP-429).</summary>
    [Field("1+", Ignorable = true)]
    public TopicPartition[] OwnedPartitions { get; init; } = [];

    /// <summary>The generation that <see cref="OwnedPartitions"/> is from (KIP-792); -1 for none.</summary>
    [Field("2+", Ignorable = true)]
    public int GenerationId { get; init; } = -1;

    [Field("3+", Nullable = "3+", Ignorable = true)]
    public string? RackId { get; init; }

    public sealed partial class TopicPartition
    {
        [Field("1+")]
        public string Topic { get; init; } = "";

        [Field("1+")]
        public int[] Partitions { get; init; } = [];
    }
}
