using Metamorph.Kafka.Client;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;
using Metamorph.Tests;

namespace Metamorph.Kafka.Tests.Client;

public sealed class KafkaClientTests
{
    private static readonly Endpoint One = new("one", 9092);
    private static readonly Endpoint Two = new("two", 9092);
    private static readonly Endpoint Three = new("three", 9092);

    private readonly ManualTime time = new();
    private readonly ScriptedTransport network = new();

    [Fact]
    public async Task Another_broker_is_asked_after_a_failure_and_the_failed_one_last()
    {
        network.Listen(One, Named("one"));
        network.Listen(Three, Named("three"));
        await using var client = ClientOf(One, Two, Three);

        Assert.Equal(["one", "three", "one", "three"], await AskAsync(client, times: 4));
        Assert.Single(network.Attempts, attempt => attempt == Two);

        time.Advance(TimeSpan.FromSeconds(10));
        network.Listen(Two, Named("two"));
        Assert.Equal(["one", "two", "three"], await AskAsync(client, times: 3));
    }

    [Fact]
    public async Task A_turn_of_its_own_goes_on_whatever_else_is_asked_and_however_the_list_changes()
    {
        network.Listen(One, Named("one"));
        network.Listen(Two, Named("two"));
        network.Listen(Three, Named("three"));
        await using var client = ClientOf(One, Two, Three);
        var turn = new BrokerTurn();

        Assert.Equal("one", await AskInAsync(turn));
        await AskAsync(client, times: 2);
        Assert.Equal("two", await AskInAsync(turn));
        client.Learn([Two, One]);
        Assert.Equal("one", await AskInAsync(turn));
        client.Learn([One, Three]);
        Assert.Equal("three", await AskInAsync(turn));
        client.Learn([Two, One]);
        Assert.Equal("two", await AskInAsync(turn));

        async Task<string?> AskInAsync(BrokerTurn turn) =>
            (await client.SendToAnyAsync(new MetadataRequest(), CancellationToken.None, turn)).ClusterId;
    }

    [Fact]
    public async Task Where_the_cluster_says_where_its_brokers_are_the_bootstrap_addresses_are_a_last_resort()
    {
        network.Listen(One, Named("one"));
        network.Listen(Two, Named("two"));
        network.Listen(Three, Named("three"));
        await using var client = ClientOf(One);

        client.Learn([Two, Three]);
        Assert.Equal(["two", "three", "two"], await AskAsync(client, times: 3));

        client.Learn([new Endpoint("gone", 9092)]);
        Assert.Equal(["one"], await AskAsync(client, times: 1));

        client.Learn([]);
        Assert.Equal(["one"], await AskAsync(client, times: 1));
    }

    [Fact]
    public async Task A_connection_that_breaks_while_asking_is_no_answer_either()
    {
        network.Listen(One, Named("one"));
        network.Listen(Two, new ScriptedBroker().On<MetadataRequest, MetadataResponse>(_ => null));
        await using var client = ClientOf(One, Two);

        Assert.Equal(["one"], await AskAsync(client, times: 1));
    }

    [Fact]
    public async Task When_nobody_answers_each_is_named()
    {
        await using var client = ClientOf(One, Two);

        var failure = await Assert.ThrowsAsync<KafkaConnectionException>(() => AskAsync(client, times: 1));

        Assert.Contains("nobody listens on one:9092", failure.Message, StringComparison.Ordinal);
        Assert.Contains("nobody listens on two:9092", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_connection_is_replaced_and_a_sound_one_kept()
    {
        await using var pool = new ConnectionPool(network, new(), time);
        ScriptedPeer? far = null;
        network.Listen(One, peer =>
        {
            far = peer;
            return Named("one").ServeAsync(peer);
        });
        var first = await pool.ConnectAsync(One, CancellationToken.None);
        Assert.Same(first, await pool.ConnectAsync(One, CancellationToken.None));
        var waiting = first.SendAsync(new MetadataRequest(), TimeSpan.FromSeconds(1), CancellationToken.None);
        await waiting;

        far!.Dispose();
        await Assert.ThrowsAsync<KafkaConnectionException>(
            () => first.SendAsync(new MetadataRequest(), CancellationToken.None));

        var second = await pool.ConnectAsync(One, CancellationToken.None);
        Assert.NotSame(first, second);
        Assert.True(second.IsUsable);
        Assert.Equal(2, network.Attempts.Count);
    }

    [Fact]
    public async Task A_connection_that_could_not_be_made_is_tried_again()
    {
        await using var pool = new ConnectionPool(network, new(), time);
        await Assert.ThrowsAsync<KafkaConnectionException>(() => pool.ConnectAsync(One, CancellationToken.None));

        network.Listen(One, Named("one"));

        Assert.True((await pool.ConnectAsync(One, CancellationToken.None)).IsUsable);
    }

    private static ScriptedBroker Named(string name) =>
        new ScriptedBroker().On<MetadataRequest, MetadataResponse>(_ => new MetadataResponse { ClusterId = name });

    private static async Task<List<string?>> AskAsync(KafkaClient client, int times)
    {
        var answers = new List<string?>();
        for (var i = 0; i < times; i++)
        {
            answers.Add((await client.SendToAnyAsync(new MetadataRequest(), CancellationToken.None)).ClusterId);
        }

        return answers;
    }

    private KafkaClient ClientOf(params Endpoint[] bootstrap) => new(bootstrap, network, new(), time);
}
