using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Releases;
using Metamorph.Sandbox;

namespace Metamorph.Simulation;

/// <summary>A cluster, an upgrade and the faults that meet it, all drawn from one seed.</summary>
internal sealed record Schedule
{
    private static readonly (string From, string To)[] Upgrades =
    [
        ("3.9.2", "4.3.1"), ("3.9.2", "4.0.2"), ("4.0.2", "4.3.1"), ("4.1.2", "4.2.1"), ("3.5.2", "3.9.2"), ("3.7.2", "3.9.2"),
        ("3.8.1", "4.1.2"),
    ];

    public required ulong Seed { get; init; }

    public required SandboxLayout Layout { get; init; }

    public required KafkaRelease Target { get; init; }

    /// <summary>In the order of time.</summary>
    public required ImmutableArray<Fault> Faults { get; init; }

    /// <summary>What the operator does, and what happens to Metamorph itself.</summary>
    public Operator Operator { get; init; } = new();

    /// <summary>What clients write to, each with a group of its own.</summary>
    public required ImmutableArray<TopicLayout> Loaded { get; init; }

    public static Schedule Of(ulong seed)
    {
        // Seeds that follow each other must not give clusters that resemble each other.
        var entropy = new Entropy(new Entropy(seed).Next());
        var (from, to) = entropy.Pick(Upgrades);
        // Small ones more often: the work grows with the square, and most of what can go wrong needs three nodes.
        var brokers = Math.Min(entropy.Between(3, 9), entropy.Between(3, 9));
        var controllers = entropy.Chance(40) ? entropy.Pick([3, 3, 5]) : 0;
        var topics = Topics(entropy, brokers);
        var layout = LayoutOf(entropy, KafkaRelease.Parse(from), (brokers, controllers), topics);
        var nodes = layout.Listeners.Select(listener => listener.Node.Value).Distinct().ToImmutableArray();
        var voters = layout.Listeners.Where(listener => listener.Kind == ListenerKind.Controller).Select(listener => listener.Node.Value).ToImmutableArray();
        return new Schedule
        {
            Seed = seed,
            Layout = layout,
            Target = KafkaRelease.Parse(to),
            Faults = FaultDraw.Of(entropy, (nodes, voters), brokers, topics),
            Operator = Operator.Of(entropy),
            Loaded = [.. topics.Where(topic => topic.Name.StartsWith("load", StringComparison.Ordinal))],
        };
    }

    /// <summary>Nothing goes wrong, and nobody writes: the background of stories.</summary>
    public static Schedule Calm(string from, string to, int brokers = 3, int controllers = 0, params ImmutableArray<TopicLayout> topics) => new()
    {
        Seed = 0,
        Layout = LayoutOf(new Entropy(0), KafkaRelease.Parse(from), (brokers, controllers), topics),
        Target = KafkaRelease.Parse(to),
        Faults = [],
        Loaded = [],
    };

    /// <summary>All that was drawn, in words.</summary>
    public IEnumerable<string> Describe() =>
    [
        $"seed {Seed}: {Layout.Release} to {Target}, {Layout.Brokers} brokers, "
            + $"{(Layout.Controllers == 0 ? "combined" : $"{Layout.Controllers} controllers")}, racks [{string.Join(',', Layout.Racks)}]",
        .. Layout.Topics.Select(topic => $"topic {topic.Name}: {topic.Partitions} partitions, "
            + $"{topic.ReplicationFactor} replicas, min ISR {MinIsrOf(topic)}"),
        .. Operator.Describe(),
        .. Faults.Select(fault => $"fault {fault.When}: {fault.Words}"),
    ];

    /// <summary>Topics that a restart must make unavailable: their replicas are no more than their min ISR.</summary>
    public ImmutableSortedSet<string> Unprotected => [.. Layout.Topics
        .Where(topic => topic.ReplicationFactor <= MinIsrOf(topic))
        .Select(topic => topic.Name)];

    private static SandboxLayout LayoutOf(
        Entropy entropy, KafkaRelease release, (int Brokers, int Controllers) nodes, ImmutableArray<TopicLayout> topics) => new()
    {
        Release = release,
        Brokers = nodes.Brokers,
        Controllers = nodes.Controllers,
        Racks = entropy.Chance(50) ? ["a", "b", "c"] : [],
        Topics = topics,
        Seed = entropy.Next(),
        Start = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero),
        Timings = new SandboxTimings
        {
            ClientLatency = TimeSpan.FromMilliseconds(entropy.Between(1, 5)),
            InitialRebalanceDelay = TimeSpan.FromMilliseconds(200),
            // Most of a restart is the wait until the session of the former life has ended: 9 s by default, and drawn seldom.
            BrokerSession = TimeSpan.FromSeconds(entropy.Pick([3, 3, 3, 9])),
            HeartbeatInterval = TimeSpan.FromSeconds(1),
        },
        Properties = Properties(entropy),
    };

    private static int MinIsrOf(TopicLayout topic) => int.Parse(topic.Configs.GetValueOrDefault("min.insync.replicas", "1"), null);

    private static ImmutableArray<TopicLayout> Topics(Entropy entropy, int brokers)
    {
        var topics = ImmutableArray.CreateBuilder<TopicLayout>();
        var groups = entropy.Pick([1, 1, 2, 2, 3]);
        for (var i = 0; i < groups; i++)
        {
            var replicas = i == 0 ? 3 : entropy.Pick([1, 2, 3, 3]);
            topics.Add(Topic($"load-{i}", entropy.Between(1, 4), replicas, entropy.Between(1, replicas)));
        }

        if (entropy.Chance(60))
        {
            topics.Add(Topic("idle", entropy.Between(1, 2 * brokers), Math.Min(brokers, entropy.Pick([2, 3, 4])), entropy.Pick([1, 1, 2])));
        }

        if (entropy.Chance(30))
        {
            topics.Add(Topic("single", entropy.Between(1, 2), 1, 1));
        }

        if (entropy.Chance(20))
        {
            topics.Add(Topic("tight", 1, 2, 2));
        }

        return topics.ToImmutable();
    }

    public static TopicLayout Topic(string name, int partitions, int replicas, int minIsr) => new(name, partitions, replicas)
    {
        Configs = ImmutableSortedDictionary<string, string>.Empty.Add("min.insync.replicas", $"{minIsr}"),
    };

    private static ImmutableSortedDictionary<string, string> Properties(Entropy entropy) => ImmutableSortedDictionary<string, string>.Empty
        .Add("default.replication.factor", "3")
        .Add("min.insync.replicas", "2")
        .Add("offsets.topic.replication.factor", "3")
        .Add("offsets.topic.num.partitions", $"{entropy.Between(1, 4)}")
        .Add("transaction.state.log.replication.factor", "3")
        .Add("transaction.state.log.num.partitions", "2")
        .Add("transaction.state.log.min.isr", "2");
}
