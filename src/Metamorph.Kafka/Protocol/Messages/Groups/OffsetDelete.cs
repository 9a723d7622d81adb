namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.OffsetDelete, MessageKind.Request, Versions = "0")]
public sealed partial class OffsetDeleteRequest : IKafkaRequest<OffsetDeleteRequest, OffsetDeleteResponse>
{
    [Field("0+")]
    public string GroupId { get; init; } = "";

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    public sealed partial class Topic
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public Partition[] Partitions { get; init; } = [];
    }

    public sealed partial class Partition
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }
    }
}

[KafkaMessage(ApiKey.OffsetDelete, MessageKind.Response, Versions = "0")]
public sealed partial class OffsetDeleteResponse : IKafkaResponse<OffsetDeleteResponse>
{
    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    public sealed partial class Topic
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public Partition[] Partitions { get; init; } = [];
    }

    public sealed partial class Partition
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }
    }
}
