using System.Collections.Immutable;
using System.Text.Json;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.Model;
using Metamorph.Model.Json;
using Metamorph.Observation;
using Metamorph.Sandbox;

namespace Metamorph.Simulation;

/// <summary>A snapshot that was saved can be loaded as a sandbox, and looks the same when it is observed again.</summary>
public sealed class TwinTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_twin_has_the_same_nodes_racks_partitions_leaders_sizes_releases_and_features()
    {
        var original = Observe(Layout().Listeners, endpoint => Unevenly(Layout().ToTopology(endpoint)));
        var saved = JsonSerializer.Deserialize(JsonSerializer.Serialize(original, ModelJson.Default.ClusterSnapshot), ModelJson.Default.ClusterSnapshot)!;

        var twin = Observe(SnapshotTwin.ListenersOf(saved), endpoint => SnapshotTwin.TopologyOf(saved, endpoint));

        Assert.Equal(original.ClusterId, twin.ClusterId);
        Assert.Equal(original.Features.Value.Levels, twin.Features.Value.Levels);
        Assert.Equal(original.Nodes.Values.Select(Words), twin.Nodes.Values.Select(Words));
        Assert.Equal(original.Topics.Value.SelectMany(Words), twin.Topics.Value.SelectMany(Words));
        Assert.Equal(original.Nodes.Values.SelectMany(Sizes), twin.Nodes.Values.SelectMany(Sizes));
        Assert.Contains(original.Topics.Value.SelectMany(Words), words => words.Contains("isr [2,3]", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_not_read_is_refused_and_not_made_up()
    {
        var unread = Observe(Layout().Listeners, Layout().ToTopology) with { Topics = Observed<ImmutableArray<Topic>>.Unknown("it was not asked for") };

        var refusal = Assert.Throws<ArgumentException>(() => SnapshotTwin.TopologyOf(unread, static _ => new Endpoint("nowhere", 1)));

        Assert.Contains("it was not asked for", refusal.Message, StringComparison.Ordinal);
    }

    private static SandboxLayout Layout() => new()
    {
        Release = KafkaRelease.Parse("3.9.2"),
        Brokers = 4,
        Controllers = 3,
        Racks = ["a", "b"],
        Topics =
        [
            new("orders", 5, 3) { BytesPerPartition = 7_000_000_000, EndOffset = 6_835_937 },
            new("payments", 2, 2) { BytesPerPartition = 1024, EndOffset = 1, Configs = ImmutableSortedDictionary<string, string>.Empty.Add("min.insync.replicas", "2") },
        ],
        DiskBytes = 1L << 41,
        Start = Noon,
    };

    /// <summary>One broker runs another release, one is down and out of an ISR, one leadership has moved.</summary>
    private static SandboxTopology Unevenly(SandboxTopology topology) => topology with
    {
        Nodes = [.. topology.Nodes.Select(node => node.Id.Value switch
        {
            1 => node with { IsRunning = false },
            2 => node with { Release = KafkaRelease.Parse("4.0.2") },
            _ => node,
        })],
        Topics = [.. topology.Topics.Select(topic => topic with
        {
            Partitions = [.. topic.Partitions.Select(partition => partition with
            {
                Isr = [.. partition.Replicas.Where(replica => replica != 1)],
                Leader = partition.Replicas.Last(replica => replica != 1),
                LeaderEpoch = 3,
            })],
        })],
    };

    private static ClusterSnapshot Observe(ImmutableArray<ListenerId> listeners, Func<Func<ListenerId, Endpoint>, SandboxTopology> lay)
    {
        var time = new VirtualTime(Noon);
        using var sandbox = new VirtualSandbox(listeners, lay, time);
        return new OneThread(time).Run(async () =>
        {
            await using var client = new KafkaClient([new Endpoint("node-3", 9092)], sandbox.Transport, new KafkaClientOptions(), time);
            return await new ClusterObserver(client, sandbox.Drivers).ObserveAsync(SnapshotScope.Full, CancellationToken.None);
        });
    }

    private static string Words(Node node) =>
        $"{node.Id} {(node.IsBroker ? "broker" : "")} {(node.IsController ? "controller" : "")} rack {node.Rack} runs {node.Running.Or(default)} {node.Registration.Or(default)}";

    private static IEnumerable<string> Words(Topic topic) => topic.Partitions.Select(partition =>
        $"{topic.Name} {topic.Id} min {topic.MinIsr.Value} {partition.Index}: leader {partition.Leader} epoch {partition.LeaderEpoch} replicas {partition.Replicas} isr {partition.Isr}");

    private static IEnumerable<string> Sizes(Node node) => node.LogDirs.IsKnown
        ? node.LogDirs.Value.SelectMany(dir => dir.Replicas.Select(replica => $"{node.Id} {dir.Path} {dir.TotalBytes} {replica.Partition} {replica.Bytes}"))
        : [];
}
