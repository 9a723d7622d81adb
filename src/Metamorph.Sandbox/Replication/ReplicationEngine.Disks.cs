using System.Collections.Immutable;

namespace Metamorph.Sandbox;

/// <summary>Log dirs: what lies in them, and what happens when one is full.</summary>
internal sealed partial class ReplicationEngine
{
    /// <summary>Opening a log that was closed.</summary>
    private static readonly TimeSpan Open = TimeSpan.FromMilliseconds(1);

    /// <summary>About what lies in an active segment, half of <c>segment.bytes</c>: it is read again after a crash.</summary>
    private const long ActiveSegment = 512L * 1024 * 1024;

    private readonly Dictionary<int, BrokerDisk[]> disks = [];

    /// <summary>The partitions on each broker's disks, as of a metadata offset and a count of <see cref="placements"/>.</summary>
    private (Dictionary<int, List<SandboxPartition>> ByBroker, (long Offset, long Placements) AsOf) placed = ([], (-1, -1));

    /// <summary>How often a replica came to a broker's disks or went from them.</summary>
    private long placements;

    /// <summary>The log dirs of a broker.</summary>
    public IReadOnlyList<BrokerDisk> DisksOf(SandboxNode node) => disks[node.Id.Value];

    /// <summary>What lies in one log dir, topic by topic.</summary>
    public IEnumerable<(SandboxPartition Partition, long Bytes)> ReplicasIn(SandboxNode node, int dir)
    {
        var id = node.Id.Value;
        foreach (var partition in PlacedOn(id))
        {
            if (partition.Replicas is { } set)
            {
                if (set.Find(id) is { } replica && replica.Dir == dir)
                {
                    yield return (partition, replica.Log.Bytes);
                }
            }
            else if (QuietDirOf(partition, id) == dir)
            {
                yield return (partition, partition.QuietBytes);
            }
        }
    }

    /// <summary>The partitions that a broker has on disk. Worked out for all brokers at once, and kept until something changes.</summary>
    private List<SandboxPartition> PlacedOn(int broker)
    {
        var asOf = (world.Metadata.End, placements);
        if (placed.AsOf != asOf)
        {
            foreach (var partitions in placed.ByBroker.Values)
            {
                partitions.Clear();
            }

            foreach (var partition in world.Metadata.Topics.Values.SelectMany(topic => topic.Partitions))
            {
                if (partition.Replicas is { } set)
                {
                    foreach (var replica in set.All)
                    {
                        placed.ByBroker[replica.Node.Id.Value].Add(partition);
                    }
                }
                else
                {
                    foreach (var id in partition.Now.Replicas)
                    {
                        placed.ByBroker.GetValueOrDefault(id)?.Add(partition);
                    }
                }
            }

            placed.AsOf = asOf;
        }

        return placed.ByBroker[broker];
    }

    /// <summary>Counts what a new cluster has on its disks.</summary>
    public void Weigh()
    {
        foreach (var partition in world.Metadata.Partitions)
        {
            foreach (var broker in partition.Now.Replicas)
            {
                if (disks.TryGetValue(broker, out var dirs) && !partition.Now.Adding.Contains(broker))
                {
                    dirs[QuietDirOf(partition, broker)].UsedBytes += partition.QuietBytes;
                }
            }
        }
    }

    /// <summary>How long a broker reads its logs at the start; those that were not closed are read through.</summary>
    public TimeSpan RecoveryTime(SandboxNode node, NodeLife life)
    {
        var longest = TimeSpan.Zero;
        for (var dir = 0; dir < disks[node.Id.Value].Length; dir++)
        {
            var takes = TimeSpan.Zero;
            foreach (var (_, bytes) in ReplicasIn(node, dir))
            {
                takes += Open;
                if (!node.WasClosedCleanly)
                {
                    takes += TimeSpan.FromSeconds((double)Math.Min(bytes, ActiveSegment) / world.Timings.RecoveryBytesPerSecond);
                }
            }

            longest = takes > longest ? takes : longest;
        }

        return longest / life.Profile.RecoveryThreadsPerLogDir;
    }

    /// <summary>Leaves a volume only so many bytes.</summary>
    public void LeaveRoom(SandboxNode node, int dir, long usableBytes)
    {
        var disk = disks[node.Id.Value][dir];
        disk.OthersBytes = disk.TotalBytes - disk.UsedBytes - usableBytes;
    }

    /// <summary>Whether the replica of a partition on a broker is in a log dir that is offline.</summary>
    public bool IsOffline(SandboxPartition partition, int broker) =>
        disks.TryGetValue(broker, out var dirs) && Array.Exists(dirs, disk => disk.IsOffline) && dirs[DirOf(partition, broker)].IsOffline;

    /// <summary>Counts bytes that a broker writes. Where there is no room left, the log dir goes offline; with the last one goes the broker.</summary>
    private bool Written(Replica replica, long bytes)
    {
        var node = replica.Node;
        var disk = disks[node.Id.Value][replica.Dir];
        if (bytes <= disk.UsableBytes)
        {
            disk.UsedBytes += bytes;
            return true;
        }

        if (!disk.IsOffline)
        {
            disk.IsOffline = true;
            world.Say($"log dir {disk.Path} of broker {node.Id} is full, and goes offline");
            node.Write(world.Now, $"ERROR Error while writing to {disk.Path}: No space left on device");
            world.After(TimeSpan.Zero, () => GoOffline(node));
        }

        return false;
    }

    private void GoOffline(SandboxNode node)
    {
        var dirs = disks[node.Id.Value];
        if (node.Life is null)
        {
            return;
        }

        if (Array.TrueForAll(dirs, disk => disk.IsOffline))
        {
            node.Write(world.Now, $"ERROR Shutdown broker because all log dirs in {string.Join(", ", dirs.Select(disk => disk.Path))} have failed");
            world.Nodes.End(node, isClean: false);
            return;
        }

        world.Quorum.WhenReachedFrom(node, node.Life, () =>
        {
            var failed = Enumerable.Range(0, dirs.Length).Where(dir => dirs[dir].IsOffline).ToImmutableHashSet();
            world.Controller.Brokers.SetOfflineDirs(node.Id.Value, failed);
            world.Controller.Partitions.RemoveFromIsrsWhere(node.Id.Value, partition => IsOffline(partition, node.Id.Value));
        });
    }

    private int DirOf(SandboxPartition partition, int broker) =>
        partition.Replicas?.Find(broker)?.Dir ?? QuietDirOf(partition, broker);

    private int QuietDirOf(SandboxPartition partition, int broker) => partition.Index % disks[broker].Length;

    private int EmptiestDirOf(SandboxNode node)
    {
        var dirs = disks[node.Id.Value];
        return dirs.Length == 1 ? 0 : Enumerable.Range(0, dirs.Length).Where(dir => !dirs[dir].IsOffline).DefaultIfEmpty(0).MinBy(dir => ReplicasIn(node, dir).Count());
    }
}
