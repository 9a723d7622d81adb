using System.Diagnostics;
using System.Text.Json;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Routing;
using Metamorph.Model;
using Metamorph.RealKafka.Cluster;
using Metamorph.Traffic;

namespace Metamorph.RealKafka.Traffic;

/// <summary>What traffic says of real clusters whose brokers go away under it.</summary>
public sealed class TrafficTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("3.5.2")]
    [InlineData("3.9.2")]
    [InlineData("4.3.1")]
    public async Task Nothing_is_lost_while_every_broker_restarts_and_a_leader_is_killed(string release)
    {
        await using var cluster = await RealCluster.StartAsync(new() { Release = release });
        var options = Options(cluster) with { RecordsPerSecond = 500, Producers = 2, Consumers = 2 };

        using var stop = new CancellationTokenSource();
        var run = new TrafficRun(options, new TcpTransport(), TimeProvider.System, Guid.NewGuid());
        var running = run.RunAsync(stop.Token, TestContext.Current.CancellationToken);
        await UntilProducingAsync(run, running);
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        foreach (var node in cluster.Nodes)
        {
            // All of them in turn: so the group's coordinator moves too, wherever it is.
            await cluster.StopNodeAsync(node.Id);
            await cluster.StartNodeAsync(node.Id);
            await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        }

        // After the roll leaders are wherever it left them, and a broker without any would not be missed.
        var leader = await LeaderAsync(options);
        await cluster.KillNodeAsync(leader);
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        await cluster.StartNodeAsync(leader);
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        var result = await running;
        RequireClean(result);
        Assert.Contains(result.Retries, retry => retry.Name == "NOT_LEADER_OR_FOLLOWER");
        Assert.Contains(result.Retries, retry => retry.Name == "NETWORK_EXCEPTION");
    }

    [Theory]
    [InlineData("3.9.2")]
    [InlineData("4.3.1")]
    public async Task A_quiet_cluster_is_measured(string release)
    {
        await using var cluster = await RealCluster.StartAsync(new() { Release = release });
        var options = Options(cluster) with { RecordsPerSecond = 500, Duration = TimeSpan.FromSeconds(10) };

        var run = new TrafficRun(options, new TcpTransport(), TimeProvider.System, Guid.NewGuid());
        var result = await run.RunAsync(CancellationToken.None, TestContext.Current.CancellationToken);

        RequireClean(result);
        Assert.Equal(5000, result.Sent);
        Assert.Equal(0, result.Redelivered);
    }

    /// <summary>A measurement, not a judgement: run it by name, on a machine that does nothing else.</summary>
    [Theory(Explicit = true)]
    [InlineData(2_000)]
    [InlineData(20_000)]
    [InlineData(60_000)]
    public async Task How_much_work_a_record_is(int recordsPerSecond)
    {
        await using var cluster = await RealCluster.StartAsync(new() { Release = "3.9.2" });
        var options = Options(cluster) with { RecordsPerSecond = recordsPerSecond, Duration = TimeSpan.FromSeconds(15) };
        using var self = Process.GetCurrentProcess();
        var before = self.TotalProcessorTime;

        var run = new TrafficRun(options, new TcpTransport(), TimeProvider.System, Guid.NewGuid());
        var result = await run.RunAsync(CancellationToken.None, TestContext.Current.CancellationToken);

        self.Refresh();
        var spent = self.TotalProcessorTime - before;
        output.WriteLine($"{result.Acked / spent.TotalSeconds:0} records produced and consumed a second of one core; {spent.TotalSeconds:0.0} s spent");
        RequireClean(result);
    }

    internal static TrafficOptions Options(RealCluster cluster) => new()
    {
        Bootstrap = [.. cluster.Bootstrap.Split(',').Select(address => new Endpoint(address.Split(':')[0], int.Parse(address.Split(':')[1])))],
        Partitions = 6,
    };

    private static async Task<int> LeaderAsync(TrafficOptions options)
    {
        await using var client = new KafkaClient(options.Bootstrap, new TcpTransport(), new(), TimeProvider.System);
        var view = await new TopicRouter(client, options.Topic).UntilCompleteAsync(TestContext.Current.CancellationToken);
        return view.Leaders[0].Node!.Value.Value;
    }

    private static async Task UntilProducingAsync(TrafficRun run, Task running)
    {
        while (run.Progress.Phase == TrafficPhase.Starting && !running.IsCompleted)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private void RequireClean(TrafficResult result)
    {
        output.WriteLine(JsonSerializer.Serialize(result, TrafficJson.Default.TrafficResult));
        Assert.True(result.IsClean, "see the output");
        Assert.Equal(result.Sent, result.Acked);
        Assert.Equal(result.Sent, result.Consumed);
    }
}
