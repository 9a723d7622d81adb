namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks for the state of transactions. KIP-664; API key 65.</summary>
/// <remarks>Needs DESCRIBE on TRANSACTIONAL_ID, and on the topics to see them.</remarks>
[KafkaMessage(ApiKey.DescribeTransactions, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class DescribeTransactionsRequest
    : IKafkaRequest<DescribeTransactionsRequest, DescribeTransactionsResponse>
{
    [Field("0+")]
    public string[] TransactionalIds { get; init; } = [];
}

/// <summary>Each transaction with its partitions. Answers <see cref="DescribeTransactionsRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet.
/// <see cref="ErrorCode.TransactionalIdNotFound"/>, <see cref="ErrorCode.TransactionalIdAuthorizationFailed"/>.
/// </remarks>
[KafkaMessage(ApiKey.DescribeTransactions, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class DescribeTransactionsResponse : IKafkaResponse<DescribeTransactionsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public Transaction[] TransactionStates { get; init; } = [];

    public sealed partial class Transaction
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+")]
        public string TransactionalId { get; init; } = "";

        [Field("0+")]
        public string TransactionState { get; init; } = "";

        [Field("0+")]
        public int TransactionTimeoutMs { get; init; }

        [Field("0+")]
        public long TransactionStartTimeMs { get; init; }

        [Field("0+")]
        public long ProducerId { get; init; }

        [Field("0+")]
        public short ProducerEpoch { get; init; }

        [Field("0+")]
        public TopicData[] Topics { get; init; } = [];
    }

    public sealed partial class TopicData
    {
        [Field("0+")]
        public string Topic { get; init; } = "";

        [Field("0+")]
        public int[] Partitions { get; init; } = [];
    }
}
