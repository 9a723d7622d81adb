namespace Metamorph.RealKafka.Cluster;

/// <summary>The cluster that a test wants.</summary>
public sealed record RealClusterOptions
{
    /// <summary>The release all nodes start on, for instance <c>3.9.2</c>.</summary>
    public required string Release { get; init; }

    public ClusterLayout Layout { get; init; } = ClusterLayout.Combined(3);

    /// <summary>Nodes that are set up and not started with the others; none unless said.</summary>
    public IReadOnlySet<int> StartLater { get; init; } = new HashSet<int>();

    /// <summary>For user and internal topics alike; never more than there are brokers.</summary>
    public int DefaultReplicationFactor { get; init; } = 3;

    /// <summary>For user and transaction topics alike; never more than the replication factor.</summary>
    public int MinInsyncReplicas { get; init; } = 2;

    /// <summary>Racks given to the brokers in turn; none when empty.</summary>
    public IReadOnlyList<string> Racks { get; init; } = [];

    /// <summary>Further lines of every node's <c>server.properties</c>; they win over the harness's own.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>The environment of every node, as the cluster file tells it to Metamorph too.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        new Dictionary<string, string> { ["KAFKA_HEAP_OPTS"] = "-Xmx256m" };

    /// <summary>From a broker's id and port to the port it advertises: a proxy's. Null advertises the port itself.</summary>
    public Func<int, int, int>? AdvertisedPort { get; init; }

    /// <summary>How long all nodes together may take to start; some fifteen times what an idle machine with two cores needs.</summary>
    public TimeSpan StartPatience { get; init; } = TimeSpan.FromSeconds(90);
}
