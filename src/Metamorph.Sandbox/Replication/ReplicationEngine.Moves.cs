using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Moves between the log dirs of one broker (KIP-113, <c>ReplicaManager.alterReplicaLogDirs</c>).</summary>
internal sealed partial class ReplicationEngine
{
    /// <summary>Begins to copy a replica into another log dir of its broker, or says why not.</summary>
    /// <remarks>A copy that the broker's process does not live to end is gone with it, and must be asked for again.</remarks>
    public ErrorCode MoveWithin(SandboxNode node, SandboxPartition? partition, string path)
    {
        var dirs = disks[node.Id.Value];
        var to = Array.FindIndex(dirs, disk => disk.Path == path);
        if (to < 0)
        {
            return ErrorCode.LogDirNotFound;
        }

        if (dirs[to].IsOffline)
        {
            return ErrorCode.KafkaStorageError;
        }

        if (partition is null || Materialise(partition).Find(node.Id.Value) is not { } replica)
        {
            return ErrorCode.ReplicaNotAvailable;
        }

        if (replica.Dir != to)
        {
            var life = node.Life!;
            var takes = TimeSpan.FromSeconds((double)replica.Log.Bytes / world.Timings.RecoveryBytesPerSecond);
            world.After(takes, () => NodeTable.WhenAwake(node, life, () => Swap(replica, to)));
        }

        return ErrorCode.None;
    }

    private void Swap(Replica replica, int to)
    {
        var dirs = disks[replica.Node.Id.Value];
        var (from, bytes) = (dirs[replica.Dir], replica.Log.Bytes);
        if (dirs[to].IsOffline || bytes > dirs[to].UsableBytes)
        {
            world.Say($"a replica does not fit into log dir {dirs[to].Path} of broker {replica.Node.Id}, and stays in {from.Path}");
            return;
        }

        replica.Dir = to;
        dirs[to].UsedBytes += bytes;
        world.Say($"a replica has moved from log dir {from.Path} of broker {replica.Node.Id} to {dirs[to].Path}");
        world.After(world.Timings.DeleteDelay, () => from.UsedBytes -= bytes);
    }
}
