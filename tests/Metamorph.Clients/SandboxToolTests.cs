using Metamorph.Clients.Clusters;
using Metamorph.Clients.Tools;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.Clients;

/// <summary>Kafka's own tools of every release on the embedded cluster: the very tour that they go on real
/// Kafka.</summary>
public sealed class SandboxToolTests
{
    [Fact]
    public Task The_tools_say_on_the_sandbox_what_they_say_on_real_Kafka() => WalkAsync("2.8.2", "3.9.2");

    // About a minute each.
    [Theory(Explicit = true)]
    [InlineData("3.5.2", "3.9.2")]
    [InlineData("3.9.2", "3.9.2")]
    [InlineData("4.3.1", "3.9.2")]
    [InlineData("2.8.2", "4.3.1")]
    [InlineData("3.5.2", "4.3.1")]
    [InlineData("3.9.2", "4.3.1")]
    [InlineData("4.3.1", "4.3.1")]
    public Task The_tools_of_every_release_say_on_the_sandbox_what_they_say_on_real_Kafka(string tools, string brokers) =>
        WalkAsync(tools, brokers);

    private static async Task WalkAsync(string tools, string brokers)
    {
        var dists = KafkaDists.Require(tools);
        await using var cluster = await SandboxProcess.StartAsync(brokers);
        await ToolTour.WalkAsync(cluster, new Tool(dists, tools, cluster));
    }
}
