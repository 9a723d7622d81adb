using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>Lays a sandbox out as another cluster was seen: same nodes, racks, partitions, leaders, sizes, releases and features.</summary>
/// <remarks>
/// What a snapshot does not hold is not made up where it matters: a partition whose size nobody told has none. A node
/// that did not run is a registration without a process. ZooKeeper mode has no twin.
/// </remarks>
public static class SnapshotTwin
{
    /// <summary>The listeners of the twin's nodes.</summary>
    public static ImmutableArray<ListenerId> ListenersOf(ClusterSnapshot snapshot) =>
    [
        .. snapshot.Nodes.Values.SelectMany(node => new[]
        {
            node.IsBroker ? new ListenerId(node.Id, ListenerKind.Broker) : (ListenerId?)null,
            node.IsController ? new ListenerId(node.Id, ListenerKind.Controller) : null,
        }).OfType<ListenerId>(),
    ];

    /// <summary>The twin's layout.</summary>
    /// <param name="snapshot">The cluster as it was seen, whole (<c>inspect --out</c>).</param>
    /// <param name="endpoint">Gives each listener of the twin its address.</param>
    /// <exception cref="ArgumentException">The cluster is in ZooKeeper mode, or its topics were not read.</exception>
    public static SandboxTopology TopologyOf(ClusterSnapshot snapshot, Func<ListenerId, Endpoint> endpoint)
    {
        if (snapshot.IsZooKeeperMode)
        {
            throw new ArgumentException("a cluster in ZooKeeper mode has no twin", nameof(snapshot));
        }

        if (!snapshot.Topics.IsKnown)
        {
            throw new ArgumentException($"the snapshot does not hold the topics: {snapshot.Topics.Why}", nameof(snapshot));
        }

        var sizes = SizesOf(snapshot);
        var moves = snapshot.Reassignments is { IsKnown: true, Value: var ongoing }
            ? ongoing.ToDictionary(move => move.Partition)
            : [];
        return new SandboxTopology
        {
            ClusterId = snapshot.ClusterId,
            Nodes = [.. snapshot.Nodes.Values.Select(node => NodeOf(node, snapshot, endpoint))],
            Topics = [.. snapshot.Topics.Value.Select(topic => TopicOf(topic, sizes, moves))],
            Features = snapshot.Features is { IsKnown: true, Value: var features } ? features.Levels : null,
            Start = snapshot.TakenAt,
        };
    }

    private static NodeSpec NodeOf(Node node, ClusterSnapshot snapshot, Func<ListenerId, Endpoint> endpoint) => new()
    {
        Id = node.Id,
        IsBroker = node.IsBroker,
        IsController = node.IsController,
        Rack = node.Rack,
        Release = ReleaseOf(node) ?? ReleaseOfMost(snapshot),
        BrokerEndpoint = node.IsBroker ? endpoint(new(node.Id, ListenerKind.Broker)) : null,
        ControllerEndpoint = node.IsController ? endpoint(new(node.Id, ListenerKind.Controller)) : null,
        LogDirs = DirsOf(node),
        IsRunning = node.IsServing || node.BrokerAnswer.IsKnown || node.ControllerAnswer.IsKnown,
    };

    /// <summary>What runs; without a machine to ask, the line that the node's answers give away.</summary>
    private static KafkaRelease? ReleaseOf(Node node)
    {
        if (node.Running.IsKnown)
        {
            return node.Running.Value;
        }

        var answer = node.BrokerAnswer.IsKnown ? node.BrokerAnswer : node.ControllerAnswer;
        return answer is { IsKnown: true, Value.Line: { IsKnown: true, Value: var line } } ? KafkaRelease.Parse($"{line}.0") : null;
    }

    private static KafkaRelease ReleaseOfMost(ClusterSnapshot snapshot) =>
        snapshot.Nodes.Values.Select(ReleaseOf).OfType<KafkaRelease>().GroupBy(release => release)
            .OrderByDescending(group => group.Count()).Select(group => (KafkaRelease?)group.Key).FirstOrDefault()
        ?? throw new ArgumentException("the snapshot does not tell the release of any node", nameof(snapshot));

    private static ImmutableArray<LogDirSpec> DirsOf(Node node)
    {
        if (node.LogDirs is not { IsKnown: true, Value: { IsEmpty: false } dirs })
        {
            return [new LogDirSpec("/var/lib/kafka", 1L << 40)];
        }

        return
        [
            .. dirs.Select(dir =>
            {
                var used = dir.Replicas.Sum(replica => replica.Bytes);
                var total = dir.TotalBytes ?? Math.Max(1L << 40, 4 * used);
                return new LogDirSpec(dir.Path, total, Math.Max(0, total - used - (dir.UsableBytes ?? total - used)));
            }),
        ];
    }

    /// <summary>The largest replica of each partition: the leader's, or one that has all of it.</summary>
    private static Dictionary<TopicPartition, long> SizesOf(ClusterSnapshot snapshot)
    {
        var sizes = new Dictionary<TopicPartition, long>();
        foreach (var replica in snapshot.Brokers
            .Where(broker => broker.LogDirs.IsKnown)
            .SelectMany(broker => broker.LogDirs.Value)
            .SelectMany(dir => dir.Replicas)
            .Where(replica => !replica.IsFuture))
        {
            sizes[replica.Partition] = Math.Max(replica.Bytes, sizes.GetValueOrDefault(replica.Partition));
        }

        return sizes;
    }

    private static TopicSpec TopicOf(
        Topic topic, Dictionary<TopicPartition, long> sizes, Dictionary<TopicPartition, Reassignment> moves) => new()
        {
            Name = topic.Name,
            Id = topic.Id == Guid.Empty ? null : topic.Id,
            Configs = topic.MinIsr.IsKnown
                ? ImmutableSortedDictionary<string, string>.Empty.Add("min.insync.replicas", $"{topic.MinIsr.Value}")
                : ImmutableSortedDictionary<string, string>.Empty,
            Partitions = [.. topic.Partitions.Select(partition => PartitionOf(new TopicPartition(topic.Name, partition.Index), partition, sizes, moves))],
        };

    /// <summary>A record of a kilobyte each: how many there are is not in a snapshot.</summary>
    private static PartitionSpec PartitionOf(
        TopicPartition id, Partition partition, Dictionary<TopicPartition, long> sizes, Dictionary<TopicPartition, Reassignment> moves)
    {
        var move = moves.GetValueOrDefault(id);
        return new PartitionSpec
        {
            Replicas = Ids(partition.Replicas),
            Isr = Ids(partition.Isr),
            Leader = partition.Leader?.Value ?? -1,
            LeaderEpoch = partition.LeaderEpoch,
            Adding = move is null ? [] : Ids(move.Adding),
            Removing = move is null ? [] : Ids(move.Removing),
            Bytes = sizes.GetValueOrDefault(id),
            EndOffset = sizes.GetValueOrDefault(id) / 1024,
        };
    }

    private static int[] Ids(NodeList nodes) => [.. nodes.Select(node => node.Value)];
}
