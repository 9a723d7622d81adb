using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Errors that older clients know by other names.</summary>
internal static class TransactionErrors
{
    /// <summary>PRODUCER_FENCED came with KIP-588; before, a producer's epoch was invalid.</summary>
    public static ErrorCode InWordsOf(short version, short firstWithFenced, ErrorCode error) =>
        error == ErrorCode.ProducerFenced && version < firstWithFenced ? ErrorCode.InvalidProducerEpoch : error;

    /// <summary>TRANSACTION_ABORTABLE came with KIP-890; before, a transaction's state was invalid.</summary>
    public static ErrorCode Abortable(short version, short firstWithAbortable, ErrorCode error) =>
        error == ErrorCode.TransactionAbortable && version < firstWithAbortable ? ErrorCode.InvalidTxnState : error;
}
