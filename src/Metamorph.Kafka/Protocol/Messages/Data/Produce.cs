namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Appends batches of records to partitions. API key 0.</summary>
/// <remarks>
/// Needs WRITE on each topic, WRITE on TRANSACTIONAL_ID inside a transaction. From 9 on flexible, from 13 on topics
/// go by id (KIP-516). With <see cref="Acks"/> 0 there is no response at all.
/// </remarks>
[KafkaMessage(ApiKey.Produce, MessageKind.Request, Versions = "3-13", Flexible = "9+")]
public sealed partial class ProduceRequest : IKafkaRequest<ProduceRequest, ProduceResponse>
{
    /// <summary>Null outside a transaction.</summary>
    [Field("3+", Nullable = "3+")]
    public string? TransactionalId { get; init; }

    /// <summary>
    /// 0: no answer; 1: the leader has it; -1: all in-sync replicas have it, and they are at least
    /// <c>min.insync.replicas</c>.
    /// </summary>
    [Field("0+")]
    public short Acks { get; init; }

    [Field("0+")]
    public int TimeoutMs { get; init; }

    [Field("0+")]
    public Topic[] TopicData { get; init; } = [];

    public sealed partial class Topic
    {
        [Field("0-12", Ignorable = true)]
        public string Name { get; init; } = "";

        [Field("13+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("0+")]
        public Partition[] PartitionData { get; init; } = [];
    }

    public sealed partial class Partition
    {
        [Field("0+")]
        public int Index { get; init; }

        /// <summary>One batch of format 2.</summary>
        [Field("0+", Nullable = "0+")]
        public ReadOnlyMemory<byte>? Records { get; init; }
    }
}

/// <summary>Where each batch was appended. Answers <see cref="ProduceRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotLeaderOrFollower"/>: ask who leads; from 10 on the answer says so itself (KIP-951).
/// <see cref="ErrorCode.NotEnoughReplicas"/>: refused, fewer in-sync replicas than <c>min.insync.replicas</c>.
/// <see cref="ErrorCode.NotEnoughReplicasAfterAppend"/>: appended, but too few replicas had it in time, so a
/// repetition without idempotence may duplicate it. <see cref="ErrorCode.RequestTimedOut"/>: the same doubt.
/// <see cref="ErrorCode.OutOfOrderSequenceNumber"/>: an idempotent batch went missing.
/// <see cref="ErrorCode.DuplicateSequenceNumber"/>: it is there already.
/// <see cref="ErrorCode.InvalidProducerEpoch"/>: a newer producer has the same transactional id.
/// <see cref="ErrorCode.KafkaStorageError"/>: the leader's disk failed; a new leader comes.
/// </remarks>
[KafkaMessage(ApiKey.Produce, MessageKind.Response, Versions = "3-13", Flexible = "9+")]
public sealed partial class ProduceResponse : IKafkaResponse<ProduceResponse>
{
    [Field("0+")]
    public TopicResponse[] Responses { get; init; } = [];

    [Field("1+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("10+", Tag = 0, Tagged = "10+")]
    public NodeEndpoint[] NodeEndpoints { get; init; } = [];

    public sealed partial class TopicResponse
    {
        [Field("0-12", Ignorable = true)]
        public string Name { get; init; } = "";

        [Field("13+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("0+")]
        public PartitionResponse[] PartitionResponses { get; init; } = [];
    }

    public sealed partial class PartitionResponse
    {
        [Field("0+")]
        public int Index { get; init; }

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        /// <summary>The first record's offset; -1 when nothing was appended.</summary>
        [Field("0+")]
        public long BaseOffset { get; init; }

        /// <summary>When the broker appended the batch, for topics that keep that time; otherwise -1.</summary>
        [Field("2+", Ignorable = true)]
        public long LogAppendTimeMs { get; init; } = -1;

        [Field("5+", Ignorable = true)]
        public long LogStartOffset { get; init; } = -1;

        [Field("8+", Ignorable = true)]
        public BatchIndexAndErrorMessage[] RecordErrors { get; init; } = [];

        [Field("8+", Nullable = "8+", Ignorable = true)]
        public string? ErrorMessage { get; init; }

        /// <summary>Who leads now, with an error that calls for it (KIP-951); ids are -1 otherwise.</summary>
        [Field("10+", Tag = 0, Tagged = "10+")]
        public LeaderIdAndEpoch CurrentLeader { get; init; } = LeaderIdAndEpoch.Unset;
    }

    public sealed partial class BatchIndexAndErrorMessage
    {
        [Field("8+")]
        public int BatchIndex { get; init; }

        [Field("8+", Nullable = "8+")]
        public string? BatchIndexErrorMessage { get; init; }
    }

    public sealed partial class LeaderIdAndEpoch
    {
        [Field("10+")]
        public int LeaderId { get; init; } = -1;

        [Field("10+")]
        public int LeaderEpoch { get; init; } = -1;
    }

    public sealed partial class NodeEndpoint
    {
        [Field("10+")]
        public int NodeId { get; init; }

        [Field("10+")]
        public string Host { get; init; } = "";

        [Field("10+")]
        public int Port { get; init; }

        [Field("10+", Nullable = "10+")]
        public string? Rack { get; init; }
    }
}
