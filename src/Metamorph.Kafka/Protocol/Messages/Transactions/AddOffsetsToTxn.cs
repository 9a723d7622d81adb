namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Takes a group's offsets into a transaction. KIP-98; API key 25.</summary>
/// <remarks>Needs WRITE on TRANSACTIONAL_ID and READ on GROUP.</remarks>
[KafkaMessage(ApiKey.AddOffsetsToTxn, MessageKind.Request, Versions = "0-4", Flexible = "3+")]
public sealed partial class AddOffsetsToTxnRequest : IKafkaRequest<AddOffsetsToTxnRequest, AddOffsetsToTxnResponse>
{
    [Field("0+")]
    public string TransactionalId { get; init; } = "";

    [Field("0+")]
    public long ProducerId { get; init; }

    [Field("0+")]
    public short ProducerEpoch { get; init; }

    [Field("0+")]
    public string GroupId { get; init; } = "";
}

/// <summary>Answers <see cref="AddOffsetsToTxnRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet.
/// <see cref="ErrorCode.ConcurrentTransactions"/>: the last transaction is still ending, ask again.
/// <see cref="ErrorCode.ProducerFenced"/>, <see cref="ErrorCode.InvalidProducerEpoch"/>: stop.
/// <see cref="ErrorCode.TransactionAbortable"/>: abort.
/// </remarks>
[KafkaMessage(ApiKey.AddOffsetsToTxn, MessageKind.Response, Versions = "0-4", Flexible = "3+")]
public sealed partial class AddOffsetsToTxnResponse : IKafkaResponse<AddOffsetsToTxnResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }
}
