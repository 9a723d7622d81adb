namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks a coordinator for its transactions. KIP-664; API key 66.</summary>
/// <remarks>Needs DESCRIBE on TRANSACTIONAL_ID for each that is shown. Every broker must be asked.</remarks>
[KafkaMessage(ApiKey.ListTransactions, MessageKind.Request, Versions = "0-2", Flexible = "0+")]
public sealed partial class ListTransactionsRequest : IKafkaRequest<ListTransactionsRequest, ListTransactionsResponse>
{
    [Field("0+")]
    public string[] StateFilters { get; init; } = [];

    [Field("0+")]
    public long[] ProducerIdFilters { get; init; } = [];

    /// <summary>Only those that have run longer, in milliseconds (KIP-994); -1 for all.</summary>
    [Field("1+")]
    public long DurationFilter { get; init; } = -1;

    [Field("2+", Nullable = "2+")]
    public string? TransactionalIdPattern { get; init; }
}

/// <summary>The transactions this broker coordinates. Answers <see cref="ListTransactionsRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.CoordinatorLoadInProgress"/>, <see cref="ErrorCode.CoordinatorNotAvailable"/>: ask again.
/// </remarks>
[KafkaMessage(ApiKey.ListTransactions, MessageKind.Response, Versions = "0-2", Flexible = "0+")]
public sealed partial class ListTransactionsResponse : IKafkaResponse<ListTransactionsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public string[] UnknownStateFilters { get; init; } = [];

    [Field("0+")]
    public Transaction[] TransactionStates { get; init; } = [];

    public sealed partial class Transaction
    {
        [Field("0+")]
        public string TransactionalId { get; init; } = "";

        [Field("0+")]
        public long ProducerId { get; init; }

        [Field("0+")]
        public string TransactionState { get; init; } = "";
    }
}
