namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Forgets a group's offsets of some partitions. KIP-496; API key 47.</summary>
/// <remarks>Needs DELETE on GROUP and READ on each topic.</remarks>
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

/// <summary>Answers <see cref="OffsetDeleteRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet.
/// <see cref="ErrorCode.GroupSubscribedToTopic"/>: a member still reads it. <see cref="ErrorCode.GroupIdNotFound"/>,
/// <see cref="ErrorCode.NonEmptyGroup"/>.
/// </remarks>
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
