using Metamorph.Clients.Clusters;
using Metamorph.Clients.Deeds;
using Metamorph.Clients.Programs;
using Metamorph.Clients.Traffic;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.Clients;

/// <summary>The judge itself: real clients on real Kafka, whose answers the embedded cluster has to give as
/// well.</summary>
public sealed class RealKafkaClientTests
{
    private const string From = "3.9.2";
    private const string To = "4.3.1";

    // Five clients and three brokers at once want a machine of their own.
    [Fact(Explicit = true)]
    public async Task Every_client_goes_through_a_whole_roll_of_real_Kafka_and_loses_nothing()
    {
        var dists = KafkaDists.Require(From, To);
        IReadOnlyList<IClientUnderTest> clients = [.. await ClientSet.RequireSmallAsync(), JavaClient.Require(To)];
        await using var cluster = await ApacheKafka.StartAsync(From);
        var tools = new KafkaTools(dists, To, cluster.Bootstrap);
        var roll = new Roll(cluster, dists);

        await new TrafficStory(cluster, Topics.By(tools, partitions: 6)).TellAsync(clients, $"roll to {To}, finalized",
            async () =>
        {
            await roll.RestartAllAsync(To);
            await roll.FinalizeAsync(To);
        });
    }

    /// <summary>The whole matrix; only the sample above is run every time.</summary>
    [Theory(Explicit = true)]
    [InlineData("2.8.2")]
    [InlineData("3.5.2")]
    [InlineData("3.9.2")]
    [InlineData("4.3.1")]
    public async Task Java_clients_of_every_release_go_through_a_whole_roll_of_real_Kafka(string release)
    {
        var dists = KafkaDists.Require(From, To, release);
        await using var cluster = await ApacheKafka.StartAsync(From);
        var tools = new KafkaTools(dists, To, cluster.Bootstrap);
        var roll = new Roll(cluster, dists);

        await new TrafficStory(cluster, Topics.By(tools, partitions: 6)).TellAsync([JavaClient.Require(release)],
            $"roll to {To}, finalized", async () =>
        {
            await roll.RestartAllAsync(To);
            await roll.FinalizeAsync(To);
        });
    }

    [Fact(Explicit = true)]
    public async Task Every_client_goes_through_a_movement_of_every_partition_of_real_Kafka()
    {
        var dists = KafkaDists.Require(From, To);
        IReadOnlyList<IClientUnderTest> clients = [.. await ClientSet.RequireSmallAsync(), JavaClient.Require(To)];
        await using var cluster = await ApacheKafka.StartAsync(From);
        var tools = new KafkaTools(dists, From, cluster.Bootstrap);
        List<string> topics = [];
        var create = Topics.On(tools, [[1, 2], [2, 1], [1, 2], [2, 1]]);
        Task CreateAsync(string topic)
        {
            topics.Add(topic);
            return create(topic);
        }

        await new TrafficStory(cluster, CreateAsync).TellAsync(
            clients, "movement of every partition to other brokers",
            () => new Movement(cluster, tools).MoveAsync(topics, [2, 3], throttleBytesPerSecond: 20_000_000));
    }

    [Theory(Explicit = true)]
    [InlineData("3.9.2")]
    [InlineData("4.3.1")]
    public async Task The_idempotent_kafkajs_loses_one_record_and_doubles_one_when_an_answer_is_lost(string release)
    {
        var dists = KafkaDists.Require(release);
        await using var cluster = await ApacheKafka.StartAsync(release);
        var verdict = await LostAnswer.JudgeAsync(cluster, new KafkaTools(dists, release, cluster.Bootstrap));
        TestContext.Current.TestOutputHelper?.WriteLine($"{verdict}");
        Assert.True(verdict is { Acknowledged: 20, Lost: 1, Duplicated: 1 }, $"{verdict}");
    }
}
