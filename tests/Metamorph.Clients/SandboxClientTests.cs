using Metamorph.Clients.Clusters;
using Metamorph.Clients.Deeds;
using Metamorph.Clients.Programs;
using Metamorph.Clients.Traffic;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.Clients;

/// <summary>Real clients, unmodified, on the embedded cluster: they must fare as they do on real Kafka.</summary>
public sealed class SandboxClientTests
{
    private const string From = "3.9.2";
    private const string To = "4.3.1";

    [Fact]
    public async Task Every_client_goes_through_a_whole_roll_of_the_sandbox_and_loses_nothing() =>
        await RollAsync(await ClientSet.RequireSmallAsync());

    // Two JVMs for each: one release at a time.
    [Theory(Explicit = true)]
    [InlineData("2.8.2")]
    [InlineData("3.5.2")]
    [InlineData("3.9.2")]
    [InlineData("4.3.1")]
    public Task Java_clients_of_every_release_go_through_a_whole_roll_of_the_sandbox(string release) =>
        RollAsync([JavaClient.Require(release)]);

    [Fact]
    public async Task Every_client_goes_through_a_movement_of_every_partition_to_three_added_brokers()
    {
        var dists = KafkaDists.Require(From, To);
        IReadOnlyList<IClientUnderTest> clients = [.. await ClientSet.RequireSmallAsync(), JavaClient.Require(To)];
        await using var cluster = await SandboxProcess.StartAsync(From, brokers: 6, "--controllers", "3");
        int[] added = [4, 5, 6];
        foreach (var broker in added)
        {
            await cluster.StopAsync(broker);
        }

        var tools = new KafkaTools(dists, From, cluster.Bootstrap);
        await new TrafficStory(cluster, Topics.By(tools, partitions: 6)).TellAsync(
            clients, "movement of every partition to three added brokers", async () =>
            {
                foreach (var broker in added)
                {
                    await cluster.StartAsync(broker, From);
                }

                await ClusterView.UntilWholeAsync(cluster);
                var view = await ClusterView.LookAsync(cluster);
                List<string> topics = [.. view.Partitions.Select(partition => partition.Topic).Distinct()];
                Assert.Contains("__consumer_offsets", topics);
                await new Movement(cluster, tools).MoveAsync(topics, added, throttleBytesPerSecond: 20_000_000);
            });
    }

    [Fact]
    public async Task The_idempotent_kafkajs_loses_one_record_and_doubles_one_when_an_answer_is_lost_as_on_real_Kafka()
    {
        var dists = KafkaDists.Require(To);
        await using var cluster = await SandboxProcess.StartAsync(To);
        var verdict = await LostAnswer.JudgeAsync(cluster, new KafkaTools(dists, To, cluster.Bootstrap));
        Assert.True(verdict is { Acknowledged: 20, Lost: 1, Duplicated: 1 }, $"{verdict}");
    }

    private static async Task RollAsync(IReadOnlyList<IClientUnderTest> clients)
    {
        var dists = KafkaDists.Require(From, To);
        await using var cluster = await SandboxProcess.StartAsync(From);
        var roll = new Roll(cluster, dists);
        var topics = Topics.By(new KafkaTools(dists, To, cluster.Bootstrap), partitions: 6);
        await new TrafficStory(cluster, topics).TellAsync(clients, $"roll to {To}, finalized", async () =>
        {
            await roll.RestartAllAsync(To);
            await roll.FinalizeAsync(To);
        });
    }
}
