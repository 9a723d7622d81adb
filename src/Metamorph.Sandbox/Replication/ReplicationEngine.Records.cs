using System.Buffers.Binary;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Records;

namespace Metamorph.Sandbox;

/// <summary>Records in and out, at the leader.</summary>
internal sealed partial class ReplicationEngine
{
    /// <summary>The most that one partition holds in memory; what is older is dropped, as by retention.</summary>
    private const long MostBytesKept = 64 * 1024 * 1024;

    /// <summary>A coordinator's log is cleaned once it has so many entries more than the last cleaning left.</summary>
    private const int DirtyEntries = 2000;

    private readonly List<Watch> watches = [];
    private readonly Dictionary<Replica, int> cleanCounts = [];

    /// <summary>Appends one batch at its leader.</summary>
    /// <param name="partition">Where.</param>
    /// <param name="leader">The leader's replica, from <see cref="Led"/>.</param>
    /// <param name="batch">A producer's batch, whole and with a checksum that is right.</param>
    /// <param name="acks">-1 is refused where too few replicas are in sync.</param>
    /// <returns>The batch as it is in the log; the one from before where it is a repetition; or why it was not appended.</returns>
    public (ErrorCode Error, LogBatch? Appended) Append(SandboxPartition partition, Replica leader, RecordBatch batch, short acks)
    {
        if (acks == -1 && leader.Leading!.Isr.Length < MinIsrOf(partition, leader.Node.Life!))
        {
            return (ErrorCode.NotEnoughReplicas, null);
        }

        if (batch.ProducerId >= 0 && !batch.IsControl)
        {
            var (error, duplicate) = leader.Log.Producers.Judge(batch.ProducerId, batch.ProducerEpoch, batch.BaseSequence, batch.LastOffsetDelta + 1);
            if (error != ErrorCode.None || duplicate is not null)
            {
                return (error, duplicate);
            }
        }

        var appended = LogBatch.Of(batch, leader.Log.End, leader.Leading!.Epoch);
        return Add(partition, leader, appended) ? (ErrorCode.None, appended) : (ErrorCode.KafkaStorageError, null);
    }

    /// <summary>Tells somebody once all in-sync replicas have everything before an offset.</summary>
    public void WhenReplicated(SandboxPartition partition, Replica leader, long offset, (TimeSpan Patience, Action<ErrorCode> Act) then)
    {
        var leading = leader.Leading!;
        var wait = new AckWait(offset, then.Act);
        wait.Patience = world.After(then.Patience, () =>
        {
            leading.Waiting.Remove(wait);
            then.Act(ErrorCode.RequestTimedOut);
        });
        leading.Waiting.Add(wait);
        AdvanceHighWatermark(partition, leader);
    }

    /// <summary>
    /// Appends what a coordinator wants to remember to its partition, as the leader of it does with acks=all.
    /// </summary>
    /// <param name="leader">The coordinator's broker.</param>
    /// <param name="partition">Of <c>__consumer_offsets</c> or <c>__transaction_state</c>.</param>
    /// <param name="entry">What is remembered. A later entry of the same key makes it obsolete.</param>
    /// <param name="whenDone">Is told once all in-sync replicas have it, or why they have not.</param>
    public void Remember(SandboxNode leader, SandboxPartition partition, CoordinatorEntry entry, Action<ErrorCode> whenDone)
    {
        var (error, replica) = leader.Life is { } life ? Led(leader, life, partition) : (ErrorCode.NotCoordinator, null);
        if (replica is null)
        {
            whenDone(error);
            return;
        }

        if (replica.Leading!.Isr.Length < MinIsrOf(partition, leader.Life!))
        {
            whenDone(ErrorCode.NotEnoughReplicas);
            return;
        }

        var built = new RecordBatchBuilder().Add(
            key: System.Text.Encoding.UTF8.GetBytes(entry.Key),
            value: entry.Value is null ? null : new byte[Math.Max(0, entry.SizeBytes)],
            timestampMs: world.Now.ToUnixTimeMilliseconds()).Build();
        var batch = LogBatch.Of(RecordBatches.Read(built)[0], replica.Log.End, replica.Leading.Epoch, entry);
        if (!Add(partition, replica, batch))
        {
            whenDone(ErrorCode.KafkaStorageError);
            return;
        }

        CleanWhereDirty(partition);
        WhenReplicated(partition, replica, batch.NextOffset, (TimeSpan.FromSeconds(5), whenDone));
    }

    /// <summary>What the log of a partition on a broker remembers, oldest first.</summary>
    public IEnumerable<CoordinatorEntry> Remembered(SandboxNode node, SandboxPartition partition) =>
        partition.Replicas?.Find(node.Id.Value)?.Log.Batches.Select(batch => batch.Entry).OfType<CoordinatorEntry>() ?? [];

    /// <summary>Ends a producer's transaction in a partition, with acks=all.</summary>
    public void AppendMarker(
        SandboxNode leader, SandboxPartition partition, TransactionMarker marker, Action<ErrorCode> whenDone)
    {
        var (error, replica) = leader.Life is { } life ? Led(leader, life, partition) : (ErrorCode.NotLeaderOrFollower, null);
        if (replica is null)
        {
            whenDone(error);
            return;
        }

        if (replica.Log.Producers.Find(marker.ProducerId)?.CoordinatorEpoch > marker.CoordinatorEpoch)
        {
            whenDone(ErrorCode.TransactionCoordinatorFenced);
            return;
        }

        var type = marker.IsCommit ? ControlRecordType.Commit : ControlRecordType.Abort;
        var value = new byte[6]; // a version, and the coordinator's epoch
        BinaryPrimitives.WriteInt32BigEndian(value.AsSpan(2), marker.CoordinatorEpoch);
        var built = new RecordBatchBuilder
        {
            ProducerId = marker.ProducerId, ProducerEpoch = marker.Epoch, IsTransactional = true, IsControl = true,
        }.Add(key: new byte[] { 0, 0, 0, (byte)type }, value: value, timestampMs: world.Now.ToUnixTimeMilliseconds()).Build();
        var batch = LogBatch.Of(RecordBatches.Read(built)[0], replica.Log.End, replica.Leading!.Epoch, marker: marker);
        if (!Add(partition, replica, batch))
        {
            whenDone(ErrorCode.KafkaStorageError);
            return;
        }

        WhenReplicated(partition, replica, batch.NextOffset, (TimeSpan.FromSeconds(30), whenDone));
    }

    /// <summary>Forgets what is before an offset, on every replica.</summary>
    public void DropBefore(SandboxPartition partition, long offset)
    {
        foreach (var replica in Materialise(partition).All)
        {
            var gone = replica.Log.DropBefore(offset);
            disks[replica.Node.Id.Value][replica.Dir].UsedBytes -= gone;
        }
    }

    /// <summary>Is told when a broker may have something new to read in a partition, until it is taken back.</summary>
    public Watch WatchFor(SandboxNode node, IReadOnlyCollection<SandboxPartition> partitions, Action act)
    {
        var watch = new Watch(node, [.. partitions], act);
        watches.Add(watch);
        return watch;
    }

    public void Forget(Watch watch) => watches.Remove(watch);

    private bool Add(SandboxPartition partition, Replica leader, LogBatch batch)
    {
        leader.Log.Append(batch);
        if (!Written(leader, batch.SizeBytes))
        {
            return false;
        }

        if (leader.Log.BatchBytes > MostBytesKept)
        {
            DropBefore(partition, leader.Log.Batches[leader.Log.Batches.Count / 8].BaseOffset);
        }

        PullAll(partition, partition.AsOf(leader.Node.Life!.Applied)!);
        AdvanceHighWatermark(partition, leader);
        return true;
    }

    private void WakeWatches(SandboxNode node, SandboxPartition partition)
    {
        for (var i = watches.Count - 1; i >= 0; i--)
        {
            if (i < watches.Count && watches[i] is { } watch && watch.Node == node && watch.Partitions.Contains(partition))
            {
                watch.Act();
            }
        }
    }

    /// <summary>The cleaner keeps the last entry of each key, on every replica.</summary>
    private void CleanWhereDirty(SandboxPartition partition)
    {
        foreach (var replica in partition.Replicas!.All)
        {
            if (replica.Log.Batches.Count - cleanCounts.GetValueOrDefault(replica) < DirtyEntries)
            {
                continue;
            }

            var last = new Dictionary<string, LogBatch>(StringComparer.Ordinal);
            foreach (var batch in replica.Log.Batches)
            {
                if (batch.Entry is { } entry && batch.NextOffset <= replica.HighWatermark)
                {
                    last[entry.Key] = batch;
                }
            }

            var before = replica.Log.Bytes;
            replica.Log.Compact(batch => batch.Entry is { } entry && batch.NextOffset <= replica.HighWatermark && last[entry.Key] != batch);
            cleanCounts[replica] = replica.Log.Batches.Count;
            disks[replica.Node.Id.Value][replica.Dir].UsedBytes -= before - replica.Log.Bytes;
        }
    }

    /// <summary>Somebody who waits for records.</summary>
    internal sealed record Watch(SandboxNode Node, HashSet<SandboxPartition> Partitions, Action Act);
}
