using System.Collections.Immutable;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>The whole cluster, as its parts see each other. One thread; no clock but <see cref="Now"/>, no chance but <see cref="Entropy"/>.</summary>
internal sealed class World
{
    public World(SandboxTopology topology, History history)
    {
        Topology = topology;
        History = history;
        Now = topology.Start;
        History.Start = topology.Start;
        Entropy = new Entropy(topology.Seed);
        Connections = new ConnectionTable(this);
        Nodes = new NodeTable(this);
        Metadata = new MetadataStore(this);
        Quorum = new ControllerQuorum(this);
        Controller = new ActiveController(this);
        Replication = new ReplicationEngine(this);
        Groups = new GroupCoordinator(this);
        Transactions = new TransactionCoordinator(this);
        Handlers = ApiHandlers.All(this).ToImmutableSortedDictionary(handler => handler.Key, handler => handler);
        HandledApis = [.. Handlers.Keys];
    }

    public SandboxTopology Topology { get; }

    public SandboxTimings Timings => Topology.Timings;

    public History History { get; }

    public Entropy Entropy { get; }

    public TimerQueue Timers { get; } = new();

    public DateTimeOffset Now { get; set; }

    /// <summary>How often anything could have happened in the cluster.</summary>
    public long Steps { get; set; }

    /// <summary>What this step does to the world outside.</summary>
    public List<Output> Outputs { get; } = [];

    public ConnectionTable Connections { get; }

    public NodeTable Nodes { get; }

    public MetadataStore Metadata { get; }

    public ControllerQuorum Quorum { get; }

    public ActiveController Controller { get; }

    public ReplicationEngine Replication { get; }

    public GroupCoordinator Groups { get; }

    public TransactionCoordinator Transactions { get; }

    public ImmutableSortedDictionary<ApiKey, IApiHandler> Handlers { get; }

    /// <summary>The APIs that have a handler.</summary>
    public ImmutableHashSet<ApiKey> HandledApis { get; }

    /// <summary>Does something later.</summary>
    public CoreTimer After(TimeSpan delay, Action act) => Timers.At(Now + delay, act);

    public void Say(string what) => History.Say(Now, what);

    /// <summary>A broker has applied a record: whoever on that broker it concerns acts on it.</summary>
    public void Applied(SandboxNode node, NodeLife life, MetadataChange change)
    {
        if (change is MetadataChange.Partition partition && !partition.Concerns(node.Id.Value))
        {
            return;
        }

        Replication.Applied(node, life, change);
        Groups.Applied(node, life, change);
        Transactions.Applied(node, life, change);
    }
}
