namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Stores how far a group has read, once the transaction commits. KIP-98, KIP-447; API key 28.</summary>
/// <remarks>Needs WRITE on TRANSACTIONAL_ID, READ on GROUP and on each topic.</remarks>
[KafkaMessage(ApiKey.TxnOffsetCommit, MessageKind.Request, Versions = "0-6", Flexible = "3+")]
public sealed partial class TxnOffsetCommitRequest : IKafkaRequest<TxnOffsetCommitRequest, TxnOffsetCommitResponse>
{
    [Field("0+")]
    public string TransactionalId { get; init; } = "";

    [Field("0+")]
    public string GroupId { get; init; } = "";

    [Field("0+")]
    public long ProducerId { get; init; }

    [Field("0+")]
    public short ProducerEpoch { get; init; }

    [Field("3+")]
    public int GenerationIdOrMemberEpoch { get; init; } = -1;

    [Field("3+")]
    public string MemberId { get; init; } = "";

    [Field("3+", Nullable = "3+")]
    public string? GroupInstanceId { get; init; }

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    public sealed partial class Topic
    {
        [Field("0-5", Ignorable = true)]
        public string Name { get; init; } = "";

        [Field("6+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("0+")]
        public Partition[] Partitions { get; init; } = [];
    }

    public sealed partial class Partition
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public long CommittedOffset { get; init; }

        [Field("2+", Ignorable = true)]
        public int CommittedLeaderEpoch { get; init; } = -1;

        [Field("0+", Nullable = "0+")]
        public string? CommittedMetadata { get; init; } = "";
    }
}

/// <summary>Answers <see cref="TxnOffsetCommitRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet. <see cref="ErrorCode.IllegalGeneration"/>,
/// <see cref="ErrorCode.UnknownMemberId"/>, <see cref="ErrorCode.FencedInstanceId"/>: the member has lost its
/// partitions, abort.
/// </remarks>
[KafkaMessage(ApiKey.TxnOffsetCommit, MessageKind.Response, Versions = "0-6", Flexible = "3+")]
public sealed partial class TxnOffsetCommitResponse : IKafkaResponse<TxnOffsetCommitResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    public sealed partial class Topic
    {
        [Field("0-5", Ignorable = true)]
        public string Name { get; init; } = "";

        [Field("6+", Ignorable = true)]
        public Guid TopicId { get; init; }

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
