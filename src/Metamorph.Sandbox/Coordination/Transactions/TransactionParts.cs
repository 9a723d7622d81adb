using System.Collections.Immutable;
using Metamorph.Kafka.Protocol;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>Which partitions a transaction writes to.</summary>
internal static class TransactionParts
{
    /// <summary>Takes partitions into a producer's transaction, and begins it by that.</summary>
    public static void Add(
        TransactionShard shard, string id, (long Id, short Epoch) producer,
        IReadOnlyCollection<TopicPartition> partitions, Action<ErrorCode> whenDone)
    {
        var error = Judge(shard, id, producer);
        if (error != ErrorCode.None)
        {
            whenDone(error);
            return;
        }

        var transaction = shard.Find(id)!;
        var now = transaction.Image;
        var isOngoing = now.State == TransactionState.Ongoing;
        if (isOngoing && now.Partitions.IsSupersetOf(partitions))
        {
            whenDone(ErrorCode.None);
            return;
        }

        transaction.Become(
            now with
            {
                State = TransactionState.Ongoing,
                Partitions = isOngoing ? now.Partitions.Union(partitions) : [.. partitions],
                StartedAt = isOngoing ? now.StartedAt : shard.World.Now,
            },
            whenDone);
    }

    /// <summary>
    /// Whether partitions are part of a producer's transaction; where they are not, it can only be aborted.
    /// </summary>
    public static ErrorCode Verify(TransactionShard shard, string id, (long Id, short Epoch) producer,
        IReadOnlyCollection<TopicPartition> partitions)
    {
        var error = Judge(shard, id, producer);
        if (error != ErrorCode.None)
        {
            return error;
        }

        var now = shard.Find(id)!.Image;
        return now.State == TransactionState.Ongoing && now.Partitions.IsSupersetOf(partitions)
            ? ErrorCode.None
            : ErrorCode.TransactionAbortable;
    }

    private static ErrorCode Judge(TransactionShard shard, string id, (long Id, short Epoch) producer)
    {
        if (shard.Find(id) is not { } transaction || transaction.Image.ProducerId != producer.Id)
        {
            return ErrorCode.InvalidProducerIdMapping;
        }

        return transaction.Image.Epoch != producer.Epoch ? ErrorCode.ProducerFenced
            : transaction.IsChanging || transaction.Image.IsEnding ? ErrorCode.ConcurrentTransactions
            : ErrorCode.None;
    }
}
