using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Consuming;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Groups;
using Metamorph.Kafka.Producing;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Routing;
using Metamorph.Model;

namespace Metamorph.Sandbox.Tests.FrontEnd;

/// <summary>Our own clients on one thread, in virtual time: <see cref="OneThread"/> fails whatever leaves it.</summary>
public sealed class ClientsOnOneThreadTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly VirtualTime time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly OneThread pump;
    private readonly StubCore core = new(1, 2) { Latency = TimeSpan.FromMilliseconds(3) };
    private readonly VirtualHost host;
    private readonly InProcessTransport network;

    public ClientsOnOneThreadTests()
    {
        new StubLog().Serve(core);
        pump = new OneThread(time);
        host = new VirtualHost(core, core.Listeners, time);
        network = new InProcessTransport(
            host, core.Listeners.Select(listener => KeyValuePair.Create(EndpointOf(listener.Node.Value), listener)));
    }

    public void Dispose()
    {
        network.Dispose();
        host.Dispose();
    }

    [Fact]
    public void Requests_that_wait_for_room_and_are_cancelled_stay_on_the_thread() => pump.Run(async () =>
    {
        await using var client = NewClient(new KafkaClientOptions { MaxInFlight = 1 });
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(20), time);
        var asked = Enumerable.Range(0, 20).Select(_ => AskAsync(client, impatience.Token)).ToList();
        var answered = await Task.WhenAll(asked);

        Assert.InRange(answered.Count(isAnswered => isAnswered), 2, 18);
        Assert.True(await AskAsync(client, None));
    });

    [Fact]
    public void A_request_that_is_cancelled_under_way_leaves_the_connection_whole() => pump.Run(async () =>
    {
        await using var client = NewClient();
        await AskAsync(client, None);
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(1), time);
        Assert.False(await AskAsync(client, impatience.Token));
        Assert.True(await AskAsync(client, None));
        Assert.Equal(1, core.Connections);
    });

    [Fact]
    public void A_node_that_hangs_costs_its_timeout_and_a_dead_one_nothing() => pump.Run(async () =>
    {
        await using var client = NewClient();
        host.Submit(StubCore.Order(1, new NodeOrder.Freeze()));
        var began = time.Now;
        await Assert.ThrowsAsync<KafkaConnectionException>(() => client.SendAsync(EndpointOf(1), new MetadataRequest(), None));
        Assert.Equal(client.Options.ConnectTimeout, time.Now - began);

        host.Submit(StubCore.Order(1, new NodeOrder.Kill()));
        began = time.Now;
        await Assert.ThrowsAsync<KafkaConnectionException>(() => client.SendAsync(EndpointOf(1), new MetadataRequest(), None));
        Assert.Equal(TimeSpan.Zero, time.Now - began);

        host.Submit(StubCore.Order(1, new NodeOrder.Start()));
        await client.SendAsync(EndpointOf(1), new MetadataRequest(), None);
    });

    [Fact]
    public void Whoever_connects_to_a_frozen_node_is_served_when_it_thaws() => pump.Run(async () =>
    {
        await using var client = NewClient();
        host.Submit(StubCore.Order(1, new NodeOrder.Freeze()));
        time.In(TimeSpan.FromSeconds(1), () => host.Submit(StubCore.Order(1, new NodeOrder.Heal())));
        var began = time.Now;
        await client.SendAsync(EndpointOf(1), new MetadataRequest(), None);
        Assert.Equal(TimeSpan.FromSeconds(1) + (2 * core.Latency), time.Now - began);
    });

    [Fact]
    public void A_producer_and_a_consumer_go_through_a_kill_and_stay_on_the_thread()
    {
        var (sent, seen) = pump.Run(() => ProduceAndConsumeAsync(200));
        Assert.Equal(sent.Order(), seen.Distinct().Order());
    }

    [Fact]
    public void Two_runs_are_the_same_step_by_step()
    {
        Assert.Equal(StepsOfARun(), StepsOfARun());

        static (long, DateTimeOffset, long) StepsOfARun()
        {
            using var story = new ClientsOnOneThreadTests();
            story.pump.Run(() => story.ProduceAndConsumeAsync(100));
            return (story.pump.Steps, story.time.Now, story.core.Asked);
        }
    }

    private async Task<(List<byte> Sent, List<byte> Seen)> ProduceAndConsumeAsync(int count)
    {
        var (acked, seen) = (new List<byte>(), new List<byte>());
        await using var producing = NewClient();
        await using var fetching = NewClient();
        await using var coordinating = NewClient();
        using var stop = new CancellationTokenSource();
        var options = new GroupConsumerOptions { Group = new GroupOptions { Group = "readers" }, Start = Start() };
        var consumer = new GroupConsumer(fetching, coordinating, new TopicRouter(fetching, StubLog.Topic), options, Take);
        var consuming = consumer.RunAsync(stop.Token);
        await using (var producer = new IdempotentProducer(
            producing, new TopicRouter(producing, StubLog.Topic), new ProducerOptions { BufferBytes = 20 }, Delivered))
        {
            await producer.StartAsync(None);
            for (var number = 0; number < count; number++)
            {
                Interrupt(number);
                await producer.AppendAsync(new OutgoingRecord(number % 2, 0, new[] { (byte)number }), stop.Token);
            }

            await producer.FlushAsync(stop.Token);
        }

        await Task.Delay(TimeSpan.FromSeconds(10), time);
        stop.Cancel();
        await consuming;
        return (acked, seen);

        void Take(ConsumerEvent happened) =>
            seen.AddRange((happened as ConsumerEvent.Received)?.Records.Select(record => record.Value.Span[0]) ?? []);

        void Delivered(Delivery delivery)
        {
            Assert.Null(delivery.Error);
            acked.Add(delivery.Record.Value.Span[0]);
        }
    }

    /// <summary>In the middle of it all a node is killed, and started five seconds later.</summary>
    private void Interrupt(int number)
    {
        if (number == 50)
        {
            host.Submit(StubCore.Order(2, new NodeOrder.Kill()));
            time.In(TimeSpan.FromSeconds(5), () => host.Submit(StubCore.Order(2, new NodeOrder.Start())));
        }
    }

    private static System.Collections.Immutable.ImmutableDictionary<int, long> Start() =>
        System.Collections.Immutable.ImmutableDictionary<int, long>.Empty.Add(0, 0).Add(1, 0);

    private static Endpoint EndpointOf(int node) => new($"node{node}", 9092);

    private KafkaClient NewClient(KafkaClientOptions? options = null) =>
        new([EndpointOf(1)], network, options ?? new KafkaClientOptions(), time);

    private static async Task<bool> AskAsync(KafkaClient client, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.SendToAnyAsync(new MetadataRequest(), cancellationToken)).Brokers.Length == 2;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
