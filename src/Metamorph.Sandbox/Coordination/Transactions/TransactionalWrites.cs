using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Records;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>
/// Lets a transaction write to a partition only if it is part of it (<c>AddPartitionsToTxnManager</c>). Without that a
/// write that comes too late would hang in the log, and hold all readers of committed records up, for ever (KIP-890).
/// </summary>
internal static class TransactionalWrites
{
    /// <summary>From this version on a write makes its partition part of the transaction by itself.</summary>
    private const short FirstProduceThatJoins = 12;

    private const short FirstProduceWithAbortable = 11;

    /// <summary><c>transaction.partition.verification.enable</c> is there, and on, since this release.</summary>
    private static readonly ReleaseLine FirstThatVerifies = new(3, 6);

    /// <summary>
    /// Asks the transaction's coordinator, unless the log already has a record of the same transaction.
    /// </summary>
    public static void Admit(
        World world, Call call, (string TransactionalId, RecordBatch Batch) write, SandboxPartition partition,
        Replica leader, Action<ErrorCode> whenJudged)
    {
        var (id, batch) = write;
        var isOpen = leader.Log.Producers.Find(batch.ProducerId) is { TransactionStart: not null } state
            && state.Epoch == batch.ProducerEpoch;
        if (isOpen || call.Life.Profile.Line < FirstThatVerifies)
        {
            whenJudged(ErrorCode.None);
            return;
        }

        world.Transactions.Join(
            call.Node,
            id,
            (batch.ProducerId, batch.ProducerEpoch),
            partition.Id,
            isVerifying: call.Version < FirstProduceThatJoins,
            error => whenJudged(InProducersWords(call.Version, error)));
    }

    /// <summary>What passes by itself is to be asked again, in a word that every producer does that for.</summary>
    private static ErrorCode InProducersWords(short version, ErrorCode error) => error switch
    {
        ErrorCode.NotCoordinator or ErrorCode.CoordinatorNotAvailable or ErrorCode.CoordinatorLoadInProgress =>
            ErrorCode.NotEnoughReplicas,
        ErrorCode.ConcurrentTransactions when version < FirstProduceThatJoins => ErrorCode.NotEnoughReplicas,
        ErrorCode.ProducerFenced => ErrorCode.InvalidProducerEpoch,
        _ => TransactionErrors.Abortable(version, FirstProduceWithAbortable, error),
    };
}
