using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Decides how transactions end: by their producer, or against it.</summary>
internal sealed class TransactionEndings(TransactionShard shard)
{
    /// <summary>The producer commits or aborts.</summary>
    /// <param name="transaction">What it ends.</param>
    /// <param name="producer">Who says so.</param>
    /// <param name="isCommit">Which it is.</param>
    /// <param name="raisesEpoch">The producer ends each transaction in an epoch of its own (KIP-890).</param>
    /// <param name="whenDecided">Is told once the decision is in the log, with what the producer goes on with.</param>
    public void End(
        Transaction transaction,
        (long Id, short Epoch) producer,
        bool isCommit,
        bool raisesEpoch,
        Action<ErrorCode, (long Id, short Epoch)> whenDecided)
    {
        var now = transaction.Image;
        var error = Judge(transaction, producer, isCommit, raisesEpoch);
        if (error is { } said)
        {
            whenDecided(said, said == ErrorCode.None
                ? now.Successor
                : (TransactionImage.NoId, TransactionImage.NoEpoch));
        }
        else if (raisesEpoch && now.IsExhausted)
        {
            shard.World.Transactions.ProducerIds.Take(shard.Node, shard.Life, next =>
            {
                if (next is null || transaction.IsChanging || transaction.Image != now)
                {
                    whenDecided(ErrorCode.ConcurrentTransactions, (TransactionImage.NoId, TransactionImage.NoEpoch));
                    return;
                }

                var last = now with { NextProducerId = next.Value, LastEpoch = now.Epoch, Epoch = short.MaxValue };
                Decide(transaction, isCommit, last, whenDecided);
            });
        }
        else
        {
            var next = raisesEpoch ? now with { LastEpoch = now.Epoch, Epoch = (short)(now.Epoch + 1) } : now;
            Decide(transaction, isCommit, next, whenDecided);
        }
    }

    /// <summary>Aborts against the producer, whose epoch is over.</summary>
    public void Fence(Transaction transaction)
    {
        var now = transaction.Image;
        var epoch = (short)Math.Min(now.Epoch + 1, short.MaxValue);
        var fenced = now with { Epoch = epoch, LastEpoch = TransactionImage.NoEpoch };
        Decide(transaction, isCommit: false, fenced, (error, _) =>
        {
            if (error != ErrorCode.None)
            {
                shard.World.Say($"transaction {now.Id} could not be aborted: {error}");
            }
        });
    }

    private void Decide(
        Transaction transaction, bool isCommit, TransactionImage next,
        Action<ErrorCode, (long Id, short Epoch)> whenDecided)
    {
        next = next with { State = isCommit ? TransactionState.PrepareCommit : TransactionState.PrepareAbort };
        transaction.Become(next, error =>
        {
            whenDecided(error, next.Successor);
            if (error == ErrorCode.None)
            {
                shard.Markers.Write(transaction);
            }
        });
    }

    /// <summary>Null: it can be ended. None: it has been already, the same way.</summary>
    private static ErrorCode? Judge(
        Transaction transaction, (long Id, short Epoch) producer, bool isCommit, bool raisesEpoch)
    {
        var now = transaction.Image;
        var isRetryAfterNewId = raisesEpoch && now.PreviousProducerId == producer.Id && now.Epoch == 0
            && producer.Epoch == short.MaxValue - 1;
        if (producer.Id != now.ProducerId && !isRetryAfterNewId)
        {
            return ErrorCode.InvalidProducerIdMapping;
        }

        var isRetry = isRetryAfterNewId || (raisesEpoch && producer.Epoch + 1 == now.Epoch
            && now.State is not (TransactionState.Empty or TransactionState.Ongoing));
        if (producer.Epoch != now.Epoch && !isRetry)
        {
            return ErrorCode.ProducerFenced;
        }

        if (transaction.IsChanging)
        {
            return ErrorCode.ConcurrentTransactions;
        }

        // With an epoch for each transaction an abort of nothing is allowed, and a commit of nothing is not.
        var isFreshAbort = raisesEpoch && !isRetry && !isCommit;
        return now.State switch
        {
            TransactionState.Ongoing => null,
            TransactionState.Empty or TransactionState.CompleteCommit or TransactionState.CompleteAbort
                when isFreshAbort => null,
            TransactionState.CompleteCommit when isCommit && (isRetry || !raisesEpoch) => ErrorCode.None,
            TransactionState.CompleteAbort when !isCommit && (isRetry || !raisesEpoch) => ErrorCode.None,
            TransactionState.PrepareCommit when isCommit => ErrorCode.ConcurrentTransactions,
            TransactionState.PrepareAbort when !isCommit => ErrorCode.ConcurrentTransactions,
            _ => ErrorCode.InvalidTxnState,
        };
    }
}
