using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;
using Metamorph.Tests;

namespace Metamorph.Observation.Tests;

public sealed class ClusterObserverTests
{
    private readonly ScriptedCluster cluster = new();

    [Fact]
    public async Task Two_brokers_make_a_snapshot()
    {
        var seen = await cluster.ObserveAsync(SnapshotScope.Safety);

        Assert.Equal("cluster", seen.ClusterId);
        Assert.False(seen.IsZooKeeperMode);
        Assert.Equal([new NodeId(1), new NodeId(2)], seen.Brokers.Select(node => node.Id));
        Assert.All(seen.Brokers, node => Assert.Equal(BrokerRegistration.Unfenced, node.Registration.Value));
        Assert.All(seen.Brokers, node => Assert.True(node.BrokerAnswer.IsKnown));
        Assert.Equal("a", seen.Nodes[new(1)].Rack);
        Assert.Equal(7, seen.Features.Value.Epoch);
        Assert.Equal((short)25, seen.Features.Value.Levels["metadata.version"]);
        var orders = Assert.Single(seen.Topics.Value);
        Assert.Equal(2, orders.MinIsr.Value);
        Assert.Equal([new NodeId(1), new NodeId(2)], orders.Partitions.Select(partition => partition.Leader!.Value));
        Assert.Empty(seen.Reassignments.Value);
    }

    [Fact]
    public async Task Topics_are_read_last_since_a_stop_is_judged_on_their_ISR()
    {
        cluster.Network.Listen(ScriptedCluster.SecondAt, HangUp);
        cluster.Brokers.RemoveAt(1);

        await cluster.ObserveAsync(SnapshotScope.Safety | SnapshotScope.Groups | SnapshotScope.Throttles);

        Assert.Equal(ApiKey.Metadata, cluster.Asked[^1]);
        Assert.Contains(ApiKey.ListGroups, cluster.Asked);
    }

    [Fact]
    public async Task Topics_are_not_read_where_only_the_nodes_are_asked_for()
    {
        var seen = await cluster.ObserveAsync(SnapshotScope.Nodes);

        Assert.DoesNotContain(ApiKey.Metadata, cluster.Asked);
        Assert.Equal("it was not asked for", seen.Topics.Why);
        Assert.All(seen.Nodes.Values, node => Assert.True(node.BrokerAnswer.IsKnown));
    }

    [Fact]
    public async Task A_look_at_one_node_asks_no_other_node_for_itself()
    {
        await using var client = cluster.NewClient();
        var observer = ScriptedCluster.ObserverOf(client, Controller(1, fetchTimeout: "2000"), Controller(2, fetchTimeout: "2000"));

        var seen = await observer.ObserveNodeAsync(new(1), SnapshotScope.Nodes, CancellationToken.None);

        var (node, other) = (seen.Nodes[new(1)], seen.Nodes[new(2)]);
        Assert.Equal(BrokerRegistration.Unfenced, node.Registration.Value);
        Assert.True(node.BrokerAnswer.IsKnown);
        Assert.Equal(BrokerRegistration.Unfenced, other.Registration.Value);
        Assert.All(
            [other.Process.Why, other.Installed.Why, other.BrokerAnswer.Why, other.ControllerAnswer.Why, other.LogDirs.Why],
            why => Assert.Equal("it was not asked", why));
    }

    [Fact]
    public async Task A_look_at_one_node_measures_voters_by_the_shortest_fetch_timeout_of_all()
    {
        await using var client = cluster.NewClient();
        var observer = ScriptedCluster.ObserverOf(
            client,
            Controller(1, fetchTimeout: "5000"),
            Controller(2, fetchTimeout: "1000"));
        await observer.ObserveAsync(SnapshotScope.Nodes, CancellationToken.None);

        var seen = await observer.ObserveNodeAsync(new(1), SnapshotScope.Nodes, CancellationToken.None);

        Assert.Equal(TimeSpan.FromSeconds(1), seen.Quorum.Value.FetchTimeout);
    }

    [Theory]
    [InlineData(SnapshotScope.Health)]
    [InlineData(SnapshotScope.Safety)]
    [InlineData(SnapshotScope.Full)]
    public async Task Each_look_reads_the_partitions_from_another_broker_than_the_one_before(SnapshotScope scope)
    {
        await using var client = cluster.NewClient();
        var observer = ScriptedCluster.ObserverOf(client);
        var tellers = new List<Endpoint>();
        for (var look = 0; look < 4; look++)
        {
            await observer.ObserveAsync(scope, CancellationToken.None);
            tellers.Add(cluster.TopicsToldBy[^1]);
        }

        Assert.All(tellers.Zip(tellers.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public async Task The_look_before_a_stop_knows_the_names_from_the_look_before_it_and_what_has_come_since()
    {
        await using var client = cluster.NewClient();
        var observer = ScriptedCluster.ObserverOf(client);
        cluster.TopicsInTurn[0] = ["deleted", "orders"];
        cluster.TopicsInTurn.Add(["new", "orders"]);
        cluster.MinIsr["new"] = "3";
        await observer.ObserveAsync(SnapshotScope.Health, CancellationToken.None);

        var seen = await observer.ObserveAsync(SnapshotScope.Safety, CancellationToken.None);

        Assert.Equal(2, cluster.TopicsToldBy.Count);
        Assert.Equal([("new", 3), ("orders", 2)], seen.Topics.Value.Select(topic => (topic.Name, topic.MinIsr.Value)));
    }

    [Fact]
    public async Task A_topic_that_vanishes_between_list_and_describe_does_not_fail_the_others()
    {
        cluster.TopicsInTurn.Insert(0, ["gone", "orders"]);

        var seen = await cluster.ObserveAsync(SnapshotScope.Safety);

        Assert.Equal(("orders", 2), (Assert.Single(seen.Topics.Value).Name, seen.Topics.Value[0].MinIsr.Value));
    }

    [Fact]
    public async Task A_topic_that_only_a_lagging_broker_does_not_know_stays_with_its_min_ISR_unknown()
    {
        cluster.TopicsInTurn[0] = ["brand-new", "orders"];

        var seen = await cluster.ObserveAsync(SnapshotScope.Safety);

        Assert.Equal(["brand-new", "orders"], seen.Topics.Value.Select(topic => topic.Name));
        Assert.False(seen.Topics.Value[0].MinIsr.IsKnown);
        Assert.Equal(2, seen.Topics.Value[1].MinIsr.Value);
    }

    [Fact]
    public async Task A_topic_that_is_made_while_we_look_is_judged_too()
    {
        cluster.TopicsInTurn.Add(["orders", "payments"]);
        cluster.MinIsr["payments"] = "1";

        var seen = await cluster.ObserveAsync(SnapshotScope.Safety);

        Assert.Equal([2, 1], seen.Topics.Value.Select(topic => topic.MinIsr.Value));
    }

    [Fact]
    public async Task A_min_ISR_that_cannot_be_read_stays_unknown()
    {
        cluster.MinIsr["orders"] = "two";

        var orders = Assert.Single((await cluster.ObserveAsync(SnapshotScope.Safety)).Topics.Value);

        Assert.Equal("the broker answered 'two'", orders.MinIsr.Why);
    }

    [Fact]
    public async Task What_was_not_asked_for_is_unknown()
    {
        var seen = await cluster.ObserveAsync();

        Assert.Equal("it was not asked for", seen.Groups.Why);
        Assert.Equal("it was not asked for", seen.Reassignments.Why);
        Assert.Single(cluster.Asked, api => api == ApiKey.Metadata);
        Assert.False(Assert.Single(seen.Topics.Value).MinIsr.IsKnown);
    }

    [Fact]
    public async Task A_node_that_does_not_answer_is_unknown_and_not_missing()
    {
        cluster.Network.Listen(ScriptedCluster.SecondAt, HangUp);

        var node = (await cluster.ObserveAsync()).Nodes[new(2)];

        Assert.Equal(BrokerRegistration.Unfenced, node.Registration.Value);
        Assert.False(node.BrokerAnswer.IsKnown);
        Assert.Contains("two:9092", node.BrokerAnswer.Why, StringComparison.Ordinal);
        Assert.False(node.IsServing);
    }

    [Fact]
    public async Task A_node_that_names_an_API_twice_is_unknown()
    {
        cluster.Second.On<ApiVersionsRequest, ApiVersionsResponse>(_ => new ApiVersionsResponse
        {
            ApiKeys = [new() { ApiKey = ApiKey.Metadata }, new() { ApiKey = ApiKey.Metadata, MaxVersion = 1 }],
        });
        cluster.Brokers.RemoveAll(broker => broker.BrokerId == 1);

        var node = (await Observing(ScriptedCluster.FirstAt)).Nodes[new(2)];

        Assert.Contains("twice", node.BrokerAnswer.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_nobody_answers_there_is_no_snapshot() =>
        await Assert.ThrowsAsync<ClusterUnreachableException>(() => Observing(new Endpoint("nowhere", 9092)));

    [Fact]
    public async Task A_fenced_broker_is_listed_where_the_cluster_tells()
    {
        cluster.Brokers[1] = new() { BrokerId = 2, Host = "two", Port = 9092, IsFenced = true };

        var seen = await cluster.ObserveAsync(SnapshotScope.Disks);

        Assert.Equal(BrokerRegistration.Fenced, seen.Nodes[new(2)].Registration.Value);
        Assert.Equal("it is no serving broker", seen.Nodes[new(2)].LogDirs.Why);
    }

    [Fact]
    public async Task A_node_of_the_file_that_the_cluster_does_not_list_is_absent()
    {
        var seen = await cluster.ObserveAsync(
            SnapshotScope.Health,
            new ScriptedDriver(new(3), ("process.roles", "broker"), ("listeners", "PLAINTEXT://three:9092")));

        Assert.Equal(BrokerRegistration.Absent, seen.Nodes[new(3)].Registration.Value);
        Assert.Contains("nobody listens on three:9092", seen.Nodes[new(3)].BrokerAnswer.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_quorum_s_leader_does_not_know_is_null()
    {
        cluster.Voters =
        [
            new() { ReplicaId = 1, LogEndOffset = 90, LastFetchTimestamp = 1000, LastCaughtUpTimestamp = 2000 },
            new() { ReplicaId = 3, LogEndOffset = -1, LastFetchTimestamp = -1, LastCaughtUpTimestamp = -1 },
        ];

        var quorum = (await cluster.ObserveAsync()).Quorum.Value;

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(2), quorum.Voter(new(1))!.LastCaughtUp);
        var unknown = quorum.Voter(new(3))!;
        Assert.Equal((null, null, null), (unknown.LogEndOffset, unknown.LastFetch, unknown.LastCaughtUp));
    }

    private static ScriptedDriver Controller(int id, string fetchTimeout) =>
        new(new(id), ("process.roles", "broker,controller"), ("listeners", $"PLAINTEXT://{(id == 1 ? "one" : "two")}:9092"), ("controller.quorum.fetch.timeout.ms", fetchTimeout));

    private static Task HangUp(ScriptedPeer peer)
    {
        peer.Dispose();
        return Task.CompletedTask;
    }

    private async Task<ClusterSnapshot> Observing(Endpoint bootstrap)
    {
        await using var client = new Kafka.Client.KafkaClient([bootstrap], cluster.Network, new(), cluster.Time);
        return await new ClusterObserver(client, new Dictionary<NodeId, Nodes.INodeDriver>())
            .ObserveAsync(SnapshotScope.Health, CancellationToken.None);
    }
}
