using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Releases;

namespace Metamorph.Tests;

/// <summary>Snapshots to judge: a cluster that is well, which a test then changes in the one thing that it is about.</summary>
internal static class Clusters
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static readonly KafkaRelease V381 = new(3, 8, 1);

    public static readonly KafkaRelease V392 = new(3, 9, 2);

    public static readonly KafkaRelease V412 = new(4, 1, 2);

    public static readonly KafkaRelease V431 = new(4, 3, 1);

    /// <summary>Every node runs and serves on the release; the first of the voters leads the quorum unless another is named.</summary>
    public static ClusterSnapshot Of(
        KafkaRelease release, int[]? brokers = null, int[]? combined = null, int[]? controllers = null, int? leader = null)
    {
        int[] voters = [.. combined ?? [], .. controllers ?? []];
        var nodes = (brokers ?? []).Select(id => NodeOf(id, release, isBroker: true, isController: false))
            .Concat((combined ?? []).Select(id => NodeOf(id, release, isBroker: true, isController: true)))
            .Concat((controllers ?? []).Select(id => NodeOf(id, release, isBroker: false, isController: true)));
        return new ClusterSnapshot
        {
            TakenAt = Noon,
            ClusterId = "Zc4a2fQfT1uCFl7zXg3ZfA",
            Nodes = nodes.ToImmutableSortedDictionary(node => node.Id, node => node),
            Quorum = Observed<Quorum>.Of(QuorumOf(leader ?? voters[0], [.. voters.Select(id => (id, (double?)0))])
                .WithObservers([.. (brokers ?? []).Select(id => (id, (double?)0))])),
            Features = FeaturesOf(release),
            RegisteredControllers = Observed<ImmutableArray<NodeId>>.Of([.. voters.Select(id => new NodeId(id))]),
            Topics = Observed<ImmutableArray<Topic>>.Of([]),
            Reassignments = Observed<ImmutableArray<Reassignment>>.Of([]),
            Throttles = Observed<ImmutableArray<Throttle>>.Of([]),
            Groups = Observed<ImmutableArray<ConsumerGroup>>.Of([]),
        };
    }

    public static Node NodeOf(int id, KafkaRelease release, bool isBroker, bool isController) => On(release, new Node
    {
        Id = new NodeId(id),
        IsConfigured = true,
        IsBroker = isBroker,
        IsController = isController,
        Registration = isBroker
            ? Observed<BrokerRegistration>.Of(BrokerRegistration.Unfenced)
            : Observed<BrokerRegistration>.Unknown("it is no broker"),
    });

    /// <summary>The node as a process on the release that answers for every role it has.</summary>
    public static Node On(KafkaRelease release, Node node)
    {
        var answer = Observed<NodeAnswer>.Of(
            new NodeAnswer(Observed<ReleaseLine>.Of(release.Line), ReleaseCatalog.Find(release.Line).Value.SupportedFeatures));
        return node with
        {
            Process = Observed<NodeProcess?>.Of(new NodeProcess(1000 + node.Id.Value, Noon.AddDays(-1), Observed<KafkaRelease>.Of(release))),
            Installed = Observed<KafkaRelease>.Of(release),
            BrokerAnswer = node.IsBroker ? answer : Observed<NodeAnswer>.Unknown("it is no broker"),
            ControllerAnswer = node.IsController ? answer : Observed<NodeAnswer>.Unknown("it is no controller"),
        };
    }

    /// <summary>Voters with how many milliseconds each is behind the leader; null: the leader does not know.</summary>
    public static Quorum QuorumOf(int? leader, params (int Id, double? BehindMs)[] voters) => new()
    {
        Leader = leader is { } id ? new NodeId(id) : null,
        LeaderEpoch = 7,
        HighWatermark = 5000,
        FetchTimeout = TimeSpan.FromSeconds(2),
        Voters = [.. voters.Select(ReplicaOf)],
    };

    /// <summary>Brokers that are no voters, as <see cref="QuorumOf"/> has voters.</summary>
    public static Quorum WithObservers(this Quorum quorum, params (int Id, double? BehindMs)[] observers) =>
        quorum with { Observers = [.. observers.Select(ReplicaOf)] };

    public static Topic TopicOf(string name, int minIsr, params Partition[] partitions) => new()
    {
        Name = name,
        MinIsr = Observed<int>.Of(minIsr),
        Partitions = [.. partitions.Select((partition, index) => partition with { Index = index })],
    };

    /// <summary>In sync unless said otherwise; led by the first in-sync replica, by nobody where there is none.</summary>
    public static Partition PartitionOf(int[] replicas, int[]? isr = null) => new()
    {
        Index = 0,
        Replicas = new NodeList(replicas),
        Isr = new NodeList(isr ?? replicas),
        Leader = (isr ?? replicas) is [var first, ..] ? new NodeId(first) : null,
    };

    public static ClusterSnapshot With(this ClusterSnapshot now, params Topic[] topics) =>
        now with { Topics = Observed<ImmutableArray<Topic>>.Of([.. topics]) };

    public static ClusterSnapshot With(this ClusterSnapshot now, int id, Func<Node, Node> change) =>
        now with { Nodes = now.Nodes.SetItem(new NodeId(id), change(now.Nodes[new NodeId(id)])) };

    public static ClusterSnapshot With(this ClusterSnapshot now, Quorum quorum) => now with { Quorum = Observed<Quorum>.Of(quorum) };

    public static ClusterSnapshot WithLevels(this ClusterSnapshot now, params (string Feature, short Level)[] levels) => now with
    {
        Features = Observed<FinalizedFeatures>.Of(new FinalizedFeatures(
            100, levels.ToImmutableSortedDictionary(level => level.Feature, level => level.Level, StringComparer.Ordinal))),
    };

    /// <summary>A broker that only its registration is left of.</summary>
    public static ClusterSnapshot WithGhost(this ClusterSnapshot now, int id) => now with
    {
        Nodes = now.Nodes.Add(new NodeId(id), new Node
        {
            Id = new NodeId(id),
            IsBroker = true,
            Registration = Observed<BrokerRegistration>.Of(BrokerRegistration.Fenced),
        }),
    };

    private static QuorumReplica ReplicaOf((int Id, double? BehindMs) replica) => new()
    {
        Id = new NodeId(replica.Id),
        LogEndOffset = 5000,
        LastCaughtUp = replica.BehindMs is { } behind ? Noon.AddMilliseconds(-behind) : null,
    };

    private static Observed<FinalizedFeatures> FeaturesOf(KafkaRelease release) =>
        Observed<FinalizedFeatures>.Of(new FinalizedFeatures(100, ReleaseCatalog.FeaturesFinalizedByDefault(release.Line).Value));
}
