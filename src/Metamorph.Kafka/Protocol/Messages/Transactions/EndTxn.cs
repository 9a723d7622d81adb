namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Commits or aborts a transaction. KIP-98; API key 26.</summary>
/// <remarks>
/// Needs WRITE on TRANSACTIONAL_ID. From 5 on every transaction has a new epoch, which the answer tells (KIP-890).
/// </remarks>
[KafkaMessage(ApiKey.EndTxn, MessageKind.Request, Versions = "0-5", Flexible = "3+")]
public sealed partial class EndTxnRequest : IKafkaRequest<EndTxnRequest, EndTxnResponse>
{
    [Field("0+")]
    public string TransactionalId { get; init; } = "";

    [Field("0+")]
    public long ProducerId { get; init; }

    [Field("0+")]
    public short ProducerEpoch { get; init; }

    [Field("0+")]
    public bool Committed { get; init; }
}

/// <summary>Answers <see cref="EndTxnRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet.
/// <see cref="ErrorCode.ConcurrentTransactions"/>: the last transaction is still ending, ask again.
/// <see cref="ErrorCode.InvalidTxnState"/>: there is nothing to end, or it ended the other way.
/// <see cref="ErrorCode.ProducerFenced"/>, <see cref="ErrorCode.InvalidProducerEpoch"/>: stop.
/// </remarks>
[KafkaMessage(ApiKey.EndTxn, MessageKind.Response, Versions = "0-5", Flexible = "3+")]
public sealed partial class EndTxnResponse : IKafkaResponse<EndTxnResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("5+", Ignorable = true)]
    public long ProducerId { get; init; } = -1;

    [Field("5+", Ignorable = true)]
    public short ProducerEpoch { get; init; } = -1;
}
