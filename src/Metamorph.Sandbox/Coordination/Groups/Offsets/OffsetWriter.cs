using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Writes offsets to a coordinator's log. They count once all in-sync replicas have them.</summary>
internal sealed class OffsetWriter(GroupShard shard)
{
    // Key, version, topic, group and numbers of Kafka's own record, without the names.
    private const int RecordOverhead = 80;

    public void Commit(string group, IReadOnlyCollection<CommittedOffset> offsets, Action<ErrorCode> whenDone) =>
        shard.Remember(
            [.. offsets.Select(offset => Entry(OffsetKeys.OfCommitted(group, offset.Partition), offset))], error =>
        {
            if (error == ErrorCode.None)
            {
                foreach (var offset in offsets)
                {
                    shard.Offsets.Put(group, offset);
                }
            }

            whenDone(error);
        });

    /// <summary>Keeps offsets until the producer's transaction ends.</summary>
    public void CommitLater(
        long producerId, string group, IReadOnlyCollection<CommittedOffset> offsets, Action<ErrorCode> whenDone) =>
        shard.Remember(
            [.. offsets.Select(offset => Entry(OffsetKeys.OfPending(producerId, group, offset.Partition), offset))],
            error =>
        {
            if (error == ErrorCode.None)
            {
                foreach (var offset in offsets)
                {
                    shard.Offsets.PutPending(producerId, group, offset);
                }
            }

            whenDone(error);
        });

    /// <summary>
    /// A transaction has ended: what it would have committed counts, or is forgotten. Once more makes no difference.
    /// </summary>
    public void EndTransaction(long producerId, bool isCommit, Action<ErrorCode> whenDone)
    {
        var ended = shard.Offsets.PendingOf(producerId).ToList();
        var entries = new List<CoordinatorEntry>();
        foreach (var (group, offset) in ended)
        {
            if (isCommit)
            {
                entries.Add(Entry(OffsetKeys.OfCommitted(group, offset.Partition), offset));
            }

            entries.Add(Nothing(OffsetKeys.OfPending(producerId, group, offset.Partition)));
        }

        shard.Remember(entries, error =>
        {
            if (error == ErrorCode.None)
            {
                ended.ForEach(each => Settle(producerId, each.Group, each.Offset, isCommit));
            }

            whenDone(error);
        });
    }

    public void Delete(
        string group, IReadOnlyCollection<Model.TopicPartition> partitions, Action<ErrorCode> whenDone) =>
        shard.Remember([.. partitions.Select(partition => Nothing(OffsetKeys.OfCommitted(group, partition)))], error =>
        {
            if (error == ErrorCode.None)
            {
                foreach (var partition in partitions)
                {
                    shard.Offsets.Remove(group, partition);
                }
            }

            whenDone(error);
        });

    private void Settle(long producerId, string group, CommittedOffset offset, bool isCommit)
    {
        shard.Offsets.RemovePending(producerId, group, offset.Partition);
        if (isCommit)
        {
            shard.Offsets.Put(group, offset);
        }
    }

    private static CoordinatorEntry Entry(string key, CommittedOffset offset) =>
        new(key, offset, RecordOverhead + key.Length + offset.Metadata.Length);

    private static CoordinatorEntry Nothing(string key) => new(key, null, RecordOverhead + key.Length);
}
