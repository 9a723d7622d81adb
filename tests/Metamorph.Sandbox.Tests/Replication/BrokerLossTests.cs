using System.Collections.Immutable;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Records;
using Metamorph.Model;

namespace Metamorph.Sandbox.Tests.Replication;

/// <summary>What producers and consumers meet when a broker stops, dies, and comes back.</summary>
public sealed class BrokerLossTests
{
    private readonly ClusterCore core = TestCluster.Of("3.9.2", brokers: 3, topology => topology with
    {
        Topics = [TestCluster.Topic("t", [1, 2, 3], [2, 3, 1], [3, 1, 2])],
        Properties = ImmutableSortedDictionary<string, string>.Empty.Add("min.insync.replicas", "2"),
    });

    [Fact]
    public void A_record_is_acknowledged_once_all_in_sync_replicas_have_it_and_can_then_be_read()
    {
        var answer = Produce(leader: 1, partition: 0, "a");

        Assert.Equal(ErrorCode.None, answer.ErrorCode);
        Assert.Equal(0, answer.BaseOffset);
        Assert.Equal(["a"], Fetch(leader: 1, partition: 0));
        Assert.All(Replicas(0), replica => Assert.Equal(1, replica.Log.End));
    }

    [Fact]
    public void A_controlled_stop_moves_leaders_first_and_a_return_fills_the_isr_again()
    {
        Produce(leader: 1, partition: 0, "a");

        Order(1, new NodeOrder.Stop());
        RunUntil(() => core.World.Nodes[new(1)].Life is null, TimeSpan.FromSeconds(10));
        Assert.Equal([2, 3], Partition(0).Now.Isr);
        Assert.Equal(2, Partition(0).Now.Leader);
        Produce(leader: 2, partition: 0, "b");
        Order(1, new NodeOrder.Start());
        RunUntil(() => Partition(0).Now.Isr.Length == 3, TimeSpan.FromSeconds(20));

        Assert.Equal(["a", "b"], Fetch(leader: 2, partition: 0));
        Assert.All(Replicas(0), replica => Assert.Equal(2, replica.Log.End));
    }

    [Fact]
    public void A_killed_leader_is_replaced_after_its_session_and_nothing_acknowledged_is_lost()
    {
        Produce(leader: 1, partition: 0, "a");
        var killed = core.Now;

        Order(1, new NodeOrder.Kill());
        RunUntil(() => Partition(0).AsOf(core.World.Nodes[new(2)].Life!.Applied)!.Leader == 2, TimeSpan.FromSeconds(20));

        Assert.InRange((core.Now - killed).TotalSeconds, 7, 9.5);
        Assert.Equal(ErrorCode.None, Produce(leader: 2, partition: 0, "b").ErrorCode);
        Assert.Equal(["a", "b"], Fetch(leader: 2, partition: 0));
    }

    [Fact]
    public void With_fewer_in_sync_replicas_than_the_minimum_nothing_is_taken()
    {
        Order(2, new NodeOrder.Kill());
        RunUntil(() => Partition(0).Now.Isr.Length == 2, TimeSpan.FromSeconds(20));
        Order(3, new NodeOrder.Stop());
        RunUntil(() => core.World.Nodes[new(3)].Life is null, TimeSpan.FromSeconds(20));

        Assert.Equal(ErrorCode.NotEnoughReplicas, Produce(leader: 1, partition: 0, "a").ErrorCode);
    }

    // Its leader and the broker itself learn in either order that its session was over, and nobody writes.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_broker_that_is_reached_again_about_when_its_session_ends_is_in_sync_again(bool isWrittenBefore)
    {
        if (isWrittenBefore)
        {
            Array.ForEach([1, 2, 3], leader => Produce(leader, leader - 1, "a"));
        }

        for (var lasts = TimeSpan.FromSeconds(6.5); lasts < TimeSpan.FromSeconds(9.5); lasts += TimeSpan.FromMilliseconds(50))
        {
            Order(1, new NodeOrder.Partition());
            core.Pass(lasts);
            Order(1, new NodeOrder.Heal());

            RunUntil(() => Enumerable.Range(0, 3).All(index => Partition(index).Now.Isr.Length == 3), TimeSpan.FromSeconds(30));
            core.Pass(TimeSpan.FromSeconds(5));
            Assert.All(Enumerable.Range(0, 3), index => Assert.Equal(3, Partition(index).Now.Isr.Length));
        }
    }

    private SandboxPartition Partition(int index) => core.World.Metadata.FindTopic("t")!.Partitions[index];

    private IReadOnlyList<Replica> Replicas(int index) => Partition(index).Replicas!.All;

    private void Order(int node, NodeOrder order) => core.Step(core.Now, new Input.Ordered(new(node), order));

    private void RunUntil(Func<bool> isSo, TimeSpan atMost)
    {
        var until = core.Now + atMost;
        while (!isSo())
        {
            Assert.True(core.NextTimer is { } next && next < until, $"not within {atMost}: {string.Join('\n', core.History.Lines)}");
            core.Step(core.NextTimer.Value, new Input.Tick());
        }
    }

    private ProduceResponse.PartitionResponse Produce(int leader, int partition, string value)
    {
        var records = new RecordBatchBuilder().Add(timestampMs: 0, key: null, value: System.Text.Encoding.UTF8.GetBytes(value)).Build();
        return new CoreClient(core, leader).Ask(
            new ProduceRequest
            {
                Acks = -1, TimeoutMs = 30_000,
                TopicData = [new() { Name = "t", PartitionData = [new() { Index = partition, Records = records }] }],
            },
            9).Responses[0].PartitionResponses[0];
    }

    private string[] Fetch(int leader, int partition)
    {
        var answer = new CoreClient(core, leader).Ask(
            new FetchRequest
            {
                MaxWaitMs = 500, MinBytes = 1,
                Topics = [new() { Topic = "t", Partitions = [new() { Partition = partition, FetchOffset = 0, PartitionMaxBytes = 1 << 20 }] }],
            },
            11).Responses[0].Partitions[0];
        Assert.Equal(ErrorCode.None, answer.ErrorCode);
        return [.. RecordBatches.Read(answer.Records).SelectMany(batch => batch.ReadRecords()).Select(record => System.Text.Encoding.UTF8.GetString(record.Value!.Value.Span))];
    }
}
