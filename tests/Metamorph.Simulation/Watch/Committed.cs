using Metamorph.Sandbox;

namespace Metamorph.Simulation;

/// <summary>What all in-sync replicas had stays, whoever leads; and no group's committed offset goes back.</summary>
internal sealed class Committed(World world, Action<string> violate)
{
    private readonly Dictionary<SandboxPartition, (long Committed, int LeaderEpoch)> seen = [];
    private readonly Dictionary<string, long> offsets = new(StringComparer.Ordinal);

    public void Check()
    {
        foreach (var partition in world.Replication.Busy)
        {
            if (partition.Replicas!.Find(partition.Now.Leader) is { } leader)
            {
                Check(partition, leader);
            }
        }
    }

    private void Check(SandboxPartition partition, Replica leader)
    {
        var (committed, epoch) = seen.GetValueOrDefault(partition, (0, -1));
        if (leader.Log.End < committed && leader.Leading is { } leading && leading.Epoch == partition.Now.LeaderEpoch)
        {
            violate($"{partition.Id} had {committed} committed records, and its leader {leader.Node.Id} has {leader.Log.End}");
        }

        if (partition.Now.LeaderEpoch < epoch)
        {
            violate($"{partition.Id} goes back from leader epoch {epoch} to {partition.Now.LeaderEpoch}");
        }

        var now = Math.Max(committed, Math.Min(leader.HighWatermark, leader.Log.End));
        if (now == committed && partition.Now.LeaderEpoch == epoch)
        {
            return;
        }

        seen[partition] = (now, partition.Now.LeaderEpoch);
        if (partition.Topic.Name == InternalTopics.ConsumerOffsets)
        {
            CheckOffsets(leader.Log, partition.Now.LeaderEpoch == epoch ? committed : 0, now);
        }
    }

    /// <summary>A new leader's log is read from its beginning: what it remembers last of each group must not be older than before.</summary>
    private void CheckOffsets(ReplicaLog log, long from, long until)
    {
        var last = new Dictionary<string, long?>(StringComparer.Ordinal);
        foreach (var batch in log.Batches.Skip(log.IndexOf(from)))
        {
            if (batch.NextOffset <= until && batch.Entry is { } entry && entry.Key.StartsWith(OffsetKeys.Committed, StringComparison.Ordinal))
            {
                last[entry.Key] = (entry.Value as CommittedOffset)?.Offset;
            }
        }

        foreach (var (key, offset) in last)
        {
            if (offset is null)
            {
                offsets.Remove(key);
            }
            else if (offset < offsets.GetValueOrDefault(key))
            {
                violate($"the committed {key} goes back from {offsets[key]} to {offset}");
            }
            else
            {
                offsets[key] = offset.Value;
            }
        }
    }
}
