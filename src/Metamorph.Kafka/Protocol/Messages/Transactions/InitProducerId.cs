namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>
/// Gets a producer id and epoch, and fences earlier producers of the same transactional id. KIP-98, KIP-360; API key
/// 22.
/// </summary>
/// <remarks>
/// Needs WRITE on TRANSACTIONAL_ID, or IDEMPOTENT_WRITE on CLUSTER (or WRITE on any topic) without one. Version 6 is
/// not stable, and released brokers hide it (KIP-939): do not send it.
/// </remarks>
[KafkaMessage(ApiKey.InitProducerId, MessageKind.Request, Versions = "0-6", Flexible = "2+")]
public sealed partial class InitProducerIdRequest : IKafkaRequest<InitProducerIdRequest, InitProducerIdResponse>
{
    /// <summary>Null for idempotence alone; any broker then answers.</summary>
    [Field("0+", Nullable = "0+")]
    public string? TransactionalId { get; init; } = "";

    [Field("0+")]
    public int TransactionTimeoutMs { get; init; }

    /// <summary>The id to go on with after an error; -1 for a new one.</summary>
    [Field("3+")]
    public long ProducerId { get; init; } = -1;

    [Field("3+")]
    public short ProducerEpoch { get; init; } = -1;

    [Field("6+")]
    public bool Enable2Pc { get; init; }

    [Field("6+")]
    public bool KeepPreparedTxn { get; init; }
}

/// <summary>The producer id. Answers <see cref="InitProducerIdRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet.
/// <see cref="ErrorCode.ConcurrentTransactions"/>: the last transaction is still ending, ask again.
/// <see cref="ErrorCode.ProducerFenced"/>, <see cref="ErrorCode.InvalidProducerEpoch"/>: a newer producer has taken
/// over, so stop. <see cref="ErrorCode.TransactionalIdAuthorizationFailed"/>,
/// <see cref="ErrorCode.ClusterAuthorizationFailed"/>, <see cref="ErrorCode.InvalidTransactionTimeout"/>.
/// </remarks>
[KafkaMessage(ApiKey.InitProducerId, MessageKind.Response, Versions = "0-6", Flexible = "2+")]
public sealed partial class InitProducerIdResponse : IKafkaResponse<InitProducerIdResponse>
{
    [Field("0+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public long ProducerId { get; init; } = -1;

    [Field("0+")]
    public short ProducerEpoch { get; init; }

    [Field("6+")]
    public long OngoingTxnProducerId { get; init; } = -1;

    [Field("6+")]
    public short OngoingTxnProducerEpoch { get; init; } = -1;
}
