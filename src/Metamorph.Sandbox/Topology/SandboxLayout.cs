using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>A cluster in a few words, from which its topology is laid out.</summary>
public sealed record SandboxLayout
{
    /// <summary>Controllers of their own begin here, as far from the brokers as operators like it.</summary>
    private const int FirstController = 1001;

    public required KafkaRelease Release { get; init; }

    /// <summary>How many brokers; their ids are 1 and on. Default 3.</summary>
    public int Brokers { get; init; } = 3;

    /// <summary>How many controllers of their own; 0: the first three brokers (or the only one) are controllers too. Default 0.</summary>
    public int Controllers { get; init; }

    /// <summary>Brokers are dealt to these racks in turn; empty: none has a rack.</summary>
    public ImmutableArray<string> Racks { get; init; } = [];

    /// <summary>Topics to begin with.</summary>
    public ImmutableArray<TopicLayout> Topics { get; init; } = [];

    /// <summary>The size of each broker's log dir. Default 1 TiB.</summary>
    public long DiskBytes { get; init; } = 1L << 40;

    /// <summary>Properties of every node. Default: what a cluster of three brokers is usually given.</summary>
    public ImmutableSortedDictionary<string, string>? Properties { get; init; }

    public SandboxTimings Timings { get; init; } = new();

    public ulong Seed { get; init; } = 1;

    public DateTimeOffset Start { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>The listeners that the cluster has.</summary>
    public ImmutableArray<ListenerId> Listeners =>
    [
        .. NodesOf(static _ => new Endpoint("nowhere", 0)).SelectMany(node => new[]
        {
            node.IsBroker ? new ListenerId(node.Id, ListenerKind.Broker) : (ListenerId?)null,
            node.IsController ? new ListenerId(node.Id, ListenerKind.Controller) : null,
        }).OfType<ListenerId>(),
    ];

    /// <summary>Lays the cluster out.</summary>
    /// <param name="endpoint">Gives each listener its address.</param>
    public SandboxTopology ToTopology(Func<ListenerId, Endpoint> endpoint)
    {
        var replication = Math.Min(3, Brokers);
        var lists = new Dictionary<(int Leader, int Round, int Replicas), int[]>();
        return new SandboxTopology
        {
            ClusterId = ClusterIdOf(Seed),
            Nodes = [.. NodesOf(endpoint)],
            Topics = [.. Topics.Select((topic, index) => TopicOf(topic, index, lists))],
            Properties = Properties ?? ImmutableSortedDictionary<string, string>.Empty
                .Add("default.replication.factor", $"{replication}")
                .Add("min.insync.replicas", $"{Math.Max(1, replication - 1)}")
                .Add("offsets.topic.replication.factor", $"{replication}")
                .Add("transaction.state.log.replication.factor", $"{replication}")
                .Add("transaction.state.log.min.isr", $"{Math.Max(1, replication - 1)}"),
            Timings = Timings,
            Seed = Seed,
            Start = Start,
        };
    }

    private IEnumerable<NodeSpec> NodesOf(Func<ListenerId, Endpoint> endpoint)
    {
        var combined = Controllers > 0 ? 0 : Brokers >= 3 ? 3 : 1;
        for (var id = 1; id <= Brokers; id++)
        {
            yield return Node(id, isBroker: true, isController: id <= combined, endpoint) with
            {
                Rack = Racks.IsEmpty ? null : Racks[(id - 1) % Racks.Length],
            };
        }

        for (var id = FirstController; id < FirstController + Controllers; id++)
        {
            yield return Node(id, isBroker: false, isController: true, endpoint);
        }
    }

    private NodeSpec Node(int id, bool isBroker, bool isController, Func<ListenerId, Endpoint> endpoint) => new()
    {
        Id = new NodeId(id),
        IsBroker = isBroker,
        IsController = isController,
        Release = Release,
        BrokerEndpoint = isBroker ? endpoint(new(new NodeId(id), ListenerKind.Broker)) : null,
        ControllerEndpoint = isController ? endpoint(new(new NodeId(id), ListenerKind.Controller)) : null,
        LogDirs = [new LogDirSpec($"/var/lib/kafka-{id}", DiskBytes)],
    };

    /// <summary>Leaders and followers go round the brokers, as Kafka's own placement does without racks.</summary>
    private TopicSpec TopicOf(TopicLayout topic, int shift, Dictionary<(int Leader, int Round, int Replicas), int[]> lists) => new()
    {
        Name = topic.Name,
        Configs = topic.Configs,
        Partitions =
        [
            .. Enumerable.Range(0, topic.Partitions).Select(index => new PartitionSpec
            {
                Replicas = BrokersOf(index, shift, topic.ReplicationFactor, lists),
                EndOffset = topic.EndOffset,
                Bytes = topic.BytesPerPartition,
            }),
        ],
    };

    /// <summary>Each round over the brokers brings other followers to a leader, and never the leader itself.</summary>
    /// <param name="lists">Those that there are: many partitions of a large cluster share one.</param>
    private int[] BrokersOf(int partition, int shift, int replicas, Dictionary<(int Leader, int Round, int Replicas), int[]> lists)
    {
        var (leader, followers) = ((partition + shift) % Brokers, Math.Max(1, Brokers - 1));
        var round = partition / Brokers % followers;
        if (!lists.TryGetValue((leader, round, replicas), out var list))
        {
            lists[(leader, round, replicas)] = list =
            [
                .. Enumerable.Range(0, replicas).Select(replica =>
                    1 + ((leader + (replica == 0 ? 0 : 1 + ((replica - 1 + round) % followers))) % Brokers)).Distinct(),
            ];
        }

        return list;
    }

    private static string ClusterIdOf(ulong seed) =>
        Convert.ToBase64String(new Entropy(seed ^ 0xC1).NextGuid().ToByteArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}

/// <summary>A topic to begin with.</summary>
public sealed record TopicLayout(string Name, int Partitions, int ReplicationFactor)
{
    public long EndOffset { get; init; }

    public long BytesPerPartition { get; init; }

    public ImmutableSortedDictionary<string, string> Configs { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
