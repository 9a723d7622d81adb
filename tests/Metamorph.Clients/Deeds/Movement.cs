using System.Diagnostics;
using System.Text.Json;
using Metamorph.Clients.Clusters;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.Clients.Deeds;

/// <summary>A movement of whole topics to other brokers by <c>kafka-reassign-partitions</c>: generate, execute,
/// verify.</summary>
public sealed class Movement(IClusterUnderTest cluster, KafkaTools tools)
{
    private const string Tool = "kafka-reassign-partitions.sh";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Moves every partition of <paramref name="topics"/> to <paramref name="brokers"/>; returns once all are
    /// there and throttles are gone.</summary>
    public async Task MoveAsync(IReadOnlyList<string> topics, IReadOnlyList<int> brokers, long throttleBytesPerSecond)
    {
        var plan = Write("move.json", await GenerateAsync(topics, brokers));
        var started = (await tools.RunAsync(
            Tool, "--execute", "--reassignment-json-file", plan, "--throttle", $"{throttleBytesPerSecond}")).Require();
        Assert.Contains("Successfully started partition reassignment", started.Output, StringComparison.Ordinal);
        await VerifyAsync(plan);

        var view = await ClusterView.LookAsync(cluster);
        var elsewhere = view.Partitions.Where(partition => topics.Contains(partition.Topic)
            && partition.Replicas.Except(brokers).Any());
        Assert.Empty(elsewhere);
    }

    private async Task<string> GenerateAsync(IReadOnlyList<string> topics, IReadOnlyList<int> brokers)
    {
        var wanted = JsonSerializer.Serialize(new { version = 1, topics = topics.Select(topic => new { topic }) });
        var said = (await tools.RunAsync(
            Tool, "--generate", "--topics-to-move-json-file", Write("topics.json", wanted),
            "--broker-list", string.Join(',', brokers))).Require();
        return said.Lines.SkipWhile(line => !line.StartsWith("Proposed", StringComparison.Ordinal)).Skip(1).First();
    }

    // It reads, too, that the tool takes its throttles back, which it does only when all is done.
    private async Task VerifyAsync(string plan)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var said = (await tools.RunAsync(Tool, "--verify", "--reassignment-json-file", plan)).Require();
            Assert.DoesNotContain("failed", said.Output, StringComparison.OrdinalIgnoreCase);
            if (!said.Output.Contains("still in progress", StringComparison.Ordinal))
            {
                Assert.Contains("is completed", said.Output, StringComparison.Ordinal);
                Assert.Contains("Clearing topic-level throttles", said.Output, StringComparison.Ordinal);
                return;
            }

            if (Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new TimeoutException($"the movement is not done after {Patience.TotalSeconds} s\n{said.Output}");
            }
        }
    }

    private string Write(string name, string json)
    {
        var path = Path.Combine(cluster.Folder, name);
        File.WriteAllText(path, json);
        return path;
    }
}
