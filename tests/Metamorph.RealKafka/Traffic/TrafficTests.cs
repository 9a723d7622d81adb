using System.Text.Json;
using Metamorph.Kafka.Connections;
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
    public async Task Nothing_is_lost_while_a_broker_restarts_and_another_is_killed(string release)
    {
        await using var cluster = await RealCluster.StartAsync(new() { Release = release });
        var options = Options(cluster) with { RecordsPerSecond = 500, Producers = 2, Consumers = 2 };

        using var stop = new CancellationTokenSource();
        var run = new TrafficRun(options, new TcpTransport(), TimeProvider.System, Guid.NewGuid());
        var running = run.RunAsync(stop.Token, TestContext.Current.CancellationToken);
        await UntilProducingAsync(run, running);
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        await cluster.StopNodeAsync(2);
        await cluster.StartNodeAsync(2);
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        await cluster.KillNodeAsync(3);
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        await cluster.StartNodeAsync(3);
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        RequireClean(await running);
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

    private static TrafficOptions Options(RealCluster cluster) => new()
    {
        Bootstrap = [.. cluster.Bootstrap.Split(',').Select(address => new Endpoint(address.Split(':')[0], int.Parse(address.Split(':')[1])))],
        Partitions = 6,
    };

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
