namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.ListTransactions, MessageKind.Request, Versions = "0-2", Flexible = "0+")]
public sealed partial class ListTransactionsRequest : IKafkaRequest<ListTransactionsRequest, ListTransactionsResponse>
{
    [Field("0+")]
    public string[] StateFilters { get; init; } = [];

    [Field("0+")]
    public long[] ProducerIdFilters { get; init; } = [];

    [Field("1+")]
    public long DurationFilter { get; init; } = -1;

    [Field("2+", Nullable = "2+")]
    public string? TransactionalIdPattern { get; init; }
}

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
