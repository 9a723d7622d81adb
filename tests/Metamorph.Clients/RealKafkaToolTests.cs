using System.Diagnostics;
using Metamorph.Clients.Clusters;
using Metamorph.Clients.Tools;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.Clients;

/// <summary>Kafka's own tools on real Kafka: what they say there is what they have to say on the embedded
/// cluster.</summary>
public sealed class RealKafkaToolTests(ITestOutputHelper output)
{
    // A minute and a half each. Its throttled movement must last through several tools, which a busy machine does not
    // promise.
    [Theory(Explicit = true)]
    [InlineData("2.8.2", "3.9.2")]
    [InlineData("3.5.2", "3.9.2")]
    [InlineData("3.9.2", "3.9.2")]
    [InlineData("4.3.1", "3.9.2")]
    [InlineData("2.8.2", "4.3.1")]
    [InlineData("3.5.2", "4.3.1")]
    [InlineData("3.9.2", "4.3.1")]
    [InlineData("4.3.1", "4.3.1")]
    public Task The_tools_of_every_release_say_on_real_Kafka_what_they_say_here(string tools, string brokers) =>
        WalkAsync(tools, brokers);

    private async Task WalkAsync(string tools, string brokers)
    {
        var dists = KafkaDists.Require(tools, brokers);
        await using var cluster = await ApacheKafka.StartAsync(brokers);
        var since = Stopwatch.GetTimestamp();
        var tool = new Tool(dists, tools, cluster);
        await ToolTour.WalkAsync(cluster, tool);
        output.WriteLine($"{tool.Done.Count} deeds in {Stopwatch.GetElapsedTime(since).TotalSeconds:0} s");
    }
}
