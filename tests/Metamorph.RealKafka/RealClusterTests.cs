using System.Diagnostics;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.RealKafka;

/// <summary>The harness itself: what every other test here stands on.</summary>
public sealed class RealClusterTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Three_combined_nodes_start_and_hold_a_topic()
    {
        await using var cluster = await StartAsync(new() { Release = "3.9.2" });

        (await cluster.RunToolAsync("kafka-topics.sh", "--create", "--topic", "orders", "--partitions", "2")).Require();
        var listed = (await cluster.RunToolAsync("kafka-topics.sh", "--describe", "--topic", "orders")).Require();

        Assert.Contains("ReplicationFactor: 3", listed.Output);
        Assert.Contains("min.insync.replicas=2", listed.Output);
    }

    [Fact]
    public async Task Dedicated_brokers_and_controllers_start()
    {
        await using var cluster = await StartAsync(new() { Release = "3.9.2", Layout = ClusterLayout.Dedicated(brokers: 3, controllers: 3) });

        var quorum = (await cluster.RunToolAsync("kafka-metadata-quorum.sh", "describe", "--replication")).Require();

        Assert.Equal([1, 2, 3, 101, 102, 103], cluster.Processes().Keys.Order());
        Assert.Equal(3, quorum.Lines.Count(line => line.EndsWith("Follower", StringComparison.Ordinal) || line.EndsWith("Leader", StringComparison.Ordinal)));
        Assert.Equal(3, quorum.Lines.Count(line => line.EndsWith("Observer", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_node_can_be_stopped_frozen_killed_and_started_on_another_release()
    {
        await using var cluster = await StartAsync(new() { Release = "3.9.2" });
        var before = cluster.Processes();

        await cluster.StopNodeAsync(1);
        Assert.Equal([2, 3], cluster.Processes().Keys.Order());
        cluster.PointHomeTo(1, "4.3.1");
        await cluster.StartNodeAsync(1);
        cluster.PauseNode(2);
        cluster.ContinueNode(2);
        await cluster.KillNodeAsync(3);
        await cluster.StartNodeAsync(3);

        var after = cluster.Processes();
        Assert.Equal("4.3.1", cluster[1].Release);
        Assert.NotEqual(before[1], after[1]);
        Assert.Equal(before[2], after[2]);
        Assert.True(after[3].StartedAt > before[3].StartedAt);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_disposed_cluster()
    {
        var cluster = await StartAsync(new() { Release = "3.9.2", Layout = ClusterLayout.Combined(1) });
        var processes = cluster.AllProcesses();
        Assert.NotEmpty(processes);

        await cluster.DisposeAsync();

        Assert.DoesNotContain(processes, process => process.IsAlive);
        Assert.Empty(cluster.AllProcesses());
        Assert.False(Directory.Exists(cluster.Folder));
    }

    private async Task<RealCluster> StartAsync(RealClusterOptions options)
    {
        var since = Stopwatch.GetTimestamp();
        var cluster = await RealCluster.StartAsync(options);
        output.WriteLine($"{options.Layout.Nodes.Count} nodes of {options.Release} up after {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s");
        return cluster;
    }
}
