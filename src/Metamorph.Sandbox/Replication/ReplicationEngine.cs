using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Logs, followers, high watermarks and in-sync replicas: what brokers do with partitions.</summary>
/// <remarks>
/// A broker leads and follows what the metadata says that it has applied, so that two may believe to lead for a while.
/// Following is one loop per pair of brokers (<see cref="Fetcher"/>), which runs only while there is something to fetch.
/// </remarks>
internal sealed partial class ReplicationEngine
{
    private readonly World world;

    /// <summary>The partitions whose replicas are not all the same, or have been.</summary>
    private readonly List<SandboxPartition> busy = [];

    public ReplicationEngine(World world)
    {
        this.world = world;
        foreach (var node in world.Nodes.Brokers)
        {
            disks[node.Id.Value] = [.. node.Spec.LogDirs.Select(dir => new BrokerDisk(dir))];
            placed.ByBroker[node.Id.Value] = [];
            cards[node.Id.Value] = (new NetworkCard(world.Timings.NetworkBytesPerSecond), new NetworkCard(world.Timings.NetworkBytesPerSecond));
            quotas[node.Id.Value] = (new ReplicationQuota(), new ReplicationQuota());
        }
    }

    /// <summary>The partitions that hold records, or have a replica that lags.</summary>
    public IReadOnlyList<SandboxPartition> Busy => busy;

    /// <summary>A broker has applied a record.</summary>
    public void Applied(SandboxNode node, NodeLife life, MetadataChange change)
    {
        switch (change)
        {
            case MetadataChange.Partition partition:
                AppliedPartition(node, partition);
                break;
            case MetadataChange.TopicRemoved removed:
                removed.What.Partitions.ForEach(partition => Drop(node, partition));
                break;
            case MetadataChange.Broker { After.IsFenced: false } broker:
                WakeFetcher(broker.Id, node.Id.Value);
                break;
        }
    }

    /// <summary>A broker has read its logs, and leads and follows what the metadata says.</summary>
    public void Loaded(SandboxNode node, NodeLife life)
    {
        var id = node.Id.Value;
        foreach (var partition in world.Metadata.Partitions)
        {
            if (partition.AsOf(life.Applied) is not { } believed)
            {
                continue;
            }

            if (!believed.HasReplica(id))
            {
                continue;
            }

            if (believed.Adding.Length > 0)
            {
                Materialise(partition);
            }

            if (believed.Leader == id)
            {
                if (partition.Replicas is not null)
                {
                    Lead(node, partition, believed);
                    PullAll(partition, believed);
                }
            }
            else if (partition.Replicas is not null || !believed.IsInSync(id))
            {
                Follow(node, partition, believed);
            }
        }
    }

    /// <summary>A broker's process is gone. What it had on disk stays.</summary>
    public void Ended(SandboxNode node)
    {
        foreach (var partition in busy)
        {
            if (partition.Replicas!.Find(node.Id.Value) is { Leading: { } leading } replica)
            {
                replica.Leading = null;
                foreach (var wait in leading.Waiting)
                {
                    wait.Patience?.Cancel();
                }
            }
        }

        watches.RemoveAll(watch => watch.Node == node);
        foreach (var disk in disks.GetValueOrDefault(node.Id.Value) ?? [])
        {
            disk.IsOffline = false;
        }
    }

    /// <summary>A broker is reached again, or goes on.</summary>
    public void Reached(SandboxNode node)
    {
        foreach (var fetcher in fetchers.Values.Where(fetcher => fetcher.Follower == node || fetcher.Leader == node))
        {
            Schedule(fetcher, world.Timings.Hop * 2);
        }
    }

    /// <summary>What an asked broker holds of a partition as its leader, or why it does not lead it.</summary>
    /// <param name="node">The asked broker.</param>
    /// <param name="life">Its process.</param>
    /// <param name="partition">Which one.</param>
    /// <param name="currentLeaderEpoch">The epoch that the client knows; -1: it does not say.</param>
    public (ErrorCode Error, Replica? Replica) Led(SandboxNode node, NodeLife life, SandboxPartition partition, int currentLeaderEpoch = -1)
    {
        if (partition.AsOf(life.Applied) is not { } believed)
        {
            return (ErrorCode.UnknownTopicOrPartition, null);
        }

        if (currentLeaderEpoch >= 0 && currentLeaderEpoch != believed.LeaderEpoch)
        {
            return (currentLeaderEpoch < believed.LeaderEpoch ? ErrorCode.FencedLeaderEpoch : ErrorCode.UnknownLeaderEpoch, null);
        }

        if (believed.Leader != node.Id.Value)
        {
            return (ErrorCode.NotLeaderOrFollower, null);
        }

        if (IsOffline(partition, node.Id.Value))
        {
            return (ErrorCode.KafkaStorageError, null);
        }

        Materialise(partition);
        return (ErrorCode.None, Lead(node, partition, believed));
    }

    /// <summary>Gives every replica a log of its own.</summary>
    public ReplicaSet Materialise(SandboxPartition partition)
    {
        if (partition.Replicas is { } known)
        {
            return known;
        }

        var set = new ReplicaSet();
        var now = partition.Now;
        foreach (var broker in now.Replicas)
        {
            if (world.Nodes.Find(broker) is { } node)
            {
                var isNew = now.Adding.Contains(broker) && !now.IsInSync(broker);
                var log = isNew ? new ReplicaLog(0, 0) : new ReplicaLog(partition.QuietEndOffset, partition.QuietBytes);
                set.Add(new Replica(node, log, QuietDirOf(partition, broker)));
            }
        }

        partition.Replicas = set;
        placements++;
        busy.Add(partition);
        return set;
    }

    private void AppliedPartition(SandboxNode node, MetadataChange.Partition change)
    {
        var (partition, before, after) = change;
        var id = node.Id.Value;
        var had = before?.HasReplica(id) ?? false;
        if (!after.HasReplica(id))
        {
            if (had)
            {
                Drop(node, partition);
            }

            return;
        }

        if (after.Adding.Length > 0)
        {
            Materialise(partition);
        }

        if (after.Leader == id)
        {
            AppliedAsLeader(node, partition, before, after);
        }
        else
        {
            if (partition.Replicas?.Find(id) is { } replica)
            {
                Resign(node, partition, replica);
                replica.MustCompareEpochs |= before?.LeaderEpoch != after.LeaderEpoch;
            }

            if (partition.Replicas is not null || !after.IsInSync(id) || before?.Leader != after.Leader)
            {
                var isNew = before?.HasReplica(id) == false;
                Follow(node, partition, after, isNew ? world.Timings.NewReplica : TimeSpan.Zero);
            }
        }
    }

    private void AppliedAsLeader(
        SandboxNode node, SandboxPartition partition, PartitionRegistration? before, PartitionRegistration after)
    {
        if (partition.Replicas is null)
        {
            PullOutOfSync(partition, after);
            return;
        }

        var replica = Lead(node, partition, after);
        var leading = replica.Leading!;
        if (after.PartitionEpoch > leading.PartitionEpoch)
        {
            (leading.PartitionEpoch, leading.Isr, leading.Proposed) = (after.PartitionEpoch, after.Isr, null);
        }

        AdvanceHighWatermark(partition, replica);

        // A replica that is new begins by itself, and was turned away if it asked before its leader knew of it.
        if (before is null || before.LeaderEpoch != after.LeaderEpoch)
        {
            PullAll(partition, after);
        }
        else
        {
            PullOutOfSync(partition, after);
        }
    }

    /// <summary>
    /// A follower that lost its place in the ISR asks for it again: with its last fetch it may have been a member still,
    /// as far as its leader knew.
    /// </summary>
    private void PullOutOfSync(SandboxPartition partition, PartitionRegistration after)
    {
        foreach (var broker in after.Replicas)
        {
            if (!after.IsInSync(broker) && world.Nodes.Find(broker) is { Life: not null } follower)
            {
                Pull(follower, partition, after.Leader);
            }
        }
    }

    /// <summary>Makes sure that a broker that leads knows that it does.</summary>
    private Replica Lead(SandboxNode node, SandboxPartition partition, PartitionRegistration believed)
    {
        var replica = ReplicaOn(partition, node);
        if (replica.Leading is { } leading && leading.Epoch == believed.LeaderEpoch)
        {
            return replica;
        }

        if (replica.Leading is not null)
        {
            Resign(node, partition, replica);
        }

        replica.Leading = new LeaderState(believed.LeaderEpoch, replica.Log.End, believed.Isr, believed.PartitionEpoch);
        replica.HighWatermark = Math.Min(replica.HighWatermark, replica.Log.End);
        foreach (var member in believed.Isr)
        {
            replica.Leading.Of(member).LastCaughtUp = world.Now;
        }

        AdvanceHighWatermark(partition, replica);
        return replica;
    }

    /// <summary>A broker leads no more: whoever waits there has to ask elsewhere.</summary>
    private void Resign(SandboxNode node, SandboxPartition partition, Replica replica)
    {
        if (replica.Leading is { } leading)
        {
            replica.Leading = null;
            replica.MustCompareEpochs = true;
            foreach (var wait in leading.Waiting)
            {
                wait.Patience?.Cancel();
                wait.WhenDone(ErrorCode.NotLeaderOrFollower);
            }
        }

        WakeWatches(node, partition);
    }

    private void Follow(
        SandboxNode node, SandboxPartition partition, PartitionRegistration believed, TimeSpan delay = default)
    {
        if (believed.Leader >= 0 && believed.Leader != node.Id.Value)
        {
            if (partition.Replicas is not null)
            {
                ReplicaOn(partition, node);
            }

            // The fetcher that it joins does not wait for it.
            if (delay > TimeSpan.Zero)
            {
                world.After(delay, () => Pull(node, partition, believed.Leader));
            }
            else
            {
                Pull(node, partition, believed.Leader);
            }
        }
    }

    /// <summary>The replica on a broker; one that has none yet begins an empty one.</summary>
    private Replica ReplicaOn(SandboxPartition partition, SandboxNode node)
    {
        var set = partition.Replicas!;
        if (set.Find(node.Id.Value) is not { } replica)
        {
            replica = new Replica(node, new ReplicaLog(0, 0), EmptiestDirOf(node));
            set.Add(replica);
            placements++;
        }

        return replica;
    }

    /// <summary>A broker deletes its replica: it is renamed at once, and its bytes are free after the delete delay.</summary>
    private void Drop(SandboxNode node, SandboxPartition partition)
    {
        WakeWatches(node, partition);
        var (dir, bytes) = (QuietDirOf(partition, node.Id.Value), partition.QuietBytes);
        if (partition.Replicas is { } set)
        {
            if (set.Find(node.Id.Value) is not { } replica)
            {
                return;
            }

            (dir, bytes) = (replica.Dir, replica.Log.Bytes);
            Resign(node, partition, replica);
            set.Remove(replica);
            placements++;
            if (set.All.Count == 0)
            {
                busy.Remove(partition);
            }
        }

        var disk = disks[node.Id.Value][dir];
        world.After(world.Timings.DeleteDelay, () => disk.UsedBytes -= bytes);
    }
}
