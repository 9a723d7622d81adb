using System.Collections.Immutable;
using Metamorph.Kafka.Protocol;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>Tells every partition of a decided transaction how it has ended, until all have heard it.</summary>
internal sealed class TransactionMarkers(TransactionShard shard)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(100);

    /// <summary>A leader that is gone never answers.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public void Write(Transaction transaction)
    {
        var missing = transaction.Image.Partitions.ToHashSet();
        if (missing.Count == 0)
        {
            Complete(transaction);
            return;
        }

        foreach (var partition in transaction.Image.Partitions)
        {
            Write(transaction, partition, () =>
            {
                if (missing.Remove(partition) && missing.Count == 0)
                {
                    Complete(transaction);
                }
            });
        }
    }

    private void Write(Transaction transaction, TopicPartition id, Action whenDone)
    {
        var isAnswered = false;
        CoreTimer? again = null;
        again = shard.After(Patience, () => Answered(ErrorCode.RequestTimedOut));
        var world = shard.World;
        if (world.Metadata.FindTopic(id.Topic, shard.Life.Applied)?.Partitions[id.Index] is not { } partition)
        {
            // The topic is gone, and with it all that could be committed there.
            Answered(ErrorCode.None);
            return;
        }

        var leader = world.Nodes.Find(partition.AsOf(shard.Life.Applied)?.Leader ?? -1);
        if (leader is not { IsReachable: true } || shard.Node.IsCutOff)
        {
            Answered(ErrorCode.BrokerNotAvailable);
            return;
        }

        var image = transaction.Image;
        var marker = new TransactionMarker(
            image.ProducerId, image.Epoch, shard.LeaderEpoch, image.State == TransactionState.PrepareCommit);
        shard.After(world.Timings.Hop, () => MarkerWriter.Write(
            world, leader, partition, marker, error => shard.After(world.Timings.Hop, () => Answered(error))));

        void Answered(ErrorCode error)
        {
            if (isAnswered)
            {
                return;
            }

            isAnswered = true;
            again?.Cancel();
            if (error is ErrorCode.None or ErrorCode.InvalidProducerEpoch or ErrorCode.TransactionCoordinatorFenced)
            {
                whenDone();
            }
            else
            {
                shard.After(RetryAfter, () => Write(transaction, id, whenDone));
            }
        }
    }

    private void Complete(Transaction transaction)
    {
        var image = transaction.Image;
        if (!image.IsEnding)
        {
            return;
        }

        var (producerId, epoch) = image.Successor;
        var done = image with
        {
            State = image.State == TransactionState.PrepareCommit
                ? TransactionState.CompleteCommit
                : TransactionState.CompleteAbort,
            Partitions = ImmutableSortedSet<TopicPartition>.Empty,
            StartedAt = null,
            ProducerId = producerId,
            Epoch = epoch,
            PreviousProducerId = producerId == image.ProducerId ? image.PreviousProducerId : image.ProducerId,
            NextProducerId = TransactionImage.NoId,
        };
        transaction.Become(done, error =>
        {
            if (error != ErrorCode.None)
            {
                shard.After(RetryAfter, () => Complete(transaction));
            }
        });
    }
}
