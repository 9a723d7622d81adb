namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Takes partitions into a transaction before they are written to. KIP-98; API key 24.</summary>
/// <remarks>
/// Needs WRITE on TRANSACTIONAL_ID and on each topic. From 4 on brokers verify with it (KIP-890), and clients use 3.
/// </remarks>
[KafkaMessage(ApiKey.AddPartitionsToTxn, MessageKind.Request, Versions = "0-5", Flexible = "3+")]
public sealed partial class AddPartitionsToTxnRequest
    : IKafkaRequest<AddPartitionsToTxnRequest, AddPartitionsToTxnResponse>
{
    [Field("4+")]
    public Transaction[] Transactions { get; init; } = [];

    [Field("0-3")]
    public string V3AndBelowTransactionalId { get; init; } = "";

    [Field("0-3")]
    public long V3AndBelowProducerId { get; init; }

    [Field("0-3")]
    public short V3AndBelowProducerEpoch { get; init; }

    [Field("0-3")]
    public Topic[] V3AndBelowTopics { get; init; } = [];

    public sealed partial class Transaction
    {
        [Field("4+")]
        public string TransactionalId { get; init; } = "";

        [Field("4+")]
        public long ProducerId { get; init; }

        [Field("4+")]
        public short ProducerEpoch { get; init; }

        [Field("4+")]
        public bool VerifyOnly { get; init; }

        [Field("4+")]
        public Topic[] Topics { get; init; } = [];
    }

    public sealed partial class Topic
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public int[] Partitions { get; init; } = [];
    }
}

/// <summary>Answers <see cref="AddPartitionsToTxnRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet.
/// <see cref="ErrorCode.ConcurrentTransactions"/>: the last transaction is still ending, ask again.
/// <see cref="ErrorCode.OperationNotAttempted"/>: another partition failed, so none was taken.
/// <see cref="ErrorCode.ProducerFenced"/>, <see cref="ErrorCode.InvalidProducerEpoch"/>: stop.
/// <see cref="ErrorCode.InvalidTxnState"/>, <see cref="ErrorCode.TransactionAbortable"/>: abort.
/// </remarks>
[KafkaMessage(ApiKey.AddPartitionsToTxn, MessageKind.Response, Versions = "0-5", Flexible = "3+")]
public sealed partial class AddPartitionsToTxnResponse : IKafkaResponse<AddPartitionsToTxnResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("4+", Ignorable = true)]
    public ErrorCode ErrorCode { get; init; }

    [Field("4+")]
    public TransactionResult[] ResultsByTransaction { get; init; } = [];

    [Field("0-3")]
    public TopicResult[] ResultsByTopicV3AndBelow { get; init; } = [];

    public sealed partial class TransactionResult
    {
        [Field("4+")]
        public string TransactionalId { get; init; } = "";

        [Field("4+")]
        public TopicResult[] TopicResults { get; init; } = [];
    }

    public sealed partial class TopicResult
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public PartitionResult[] ResultsByPartition { get; init; } = [];
    }

    public sealed partial class PartitionResult
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public ErrorCode PartitionErrorCode { get; init; }
    }
}
