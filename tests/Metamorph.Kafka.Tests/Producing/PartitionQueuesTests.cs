using System.Collections.Immutable;
using Metamorph.Kafka.Producing;
using Metamorph.Kafka.Routing;
using Metamorph.Model;

namespace Metamorph.Kafka.Tests.Producing;

/// <summary>What keeps records from being written twice or in another order, decided without any I/O.</summary>
public sealed class PartitionQueuesTests
{
    private static readonly Endpoint First = new("one", 9092);
    private static readonly Endpoint Second = new("two", 9092);

    private readonly HandClock time = new();
    private readonly PartitionQueues queues;

    public PartitionQueuesTests() => queues = new PartitionQueues(2, new ProducerOptions { BatchBytes = 100 }, time);

    [Fact]
    public void A_batch_waits_for_company_and_then_goes()
    {
        Append(0);
        Assert.Empty(Plan().Sends);
        Assert.Equal(TimeSpan.FromMilliseconds(5), Plan().NextLook);

        Append(0);
        time.Now += TimeSpan.FromMilliseconds(5);

        Assert.Equal(2, Assert.Single(Plan().Sends).Batches.Single().Batch.Records.Count);
    }

    [Fact]
    public void A_full_batch_goes_at_once_and_the_next_one_waits_for_its_fate()
    {
        Append(0, times: 25);

        var sent = Assert.Single(Plan().Sends).Batches.Single();
        Assert.Equal(new BatchSequence(0, 0), sent.Batch.Sequence);
        Assert.Equal(10, sent.Batch.Records.Count);
        time.Now += TimeSpan.FromSeconds(1);
        Assert.Empty(Plan().Sends);

        queues.Remove(sent, failed: false);
        Assert.Equal(new BatchSequence(0, 10), Assert.Single(Plan().Sends).Batches.Single().Batch.Sequence);
    }

    [Fact]
    public void A_repeated_batch_keeps_its_sequence_and_gets_no_new_records()
    {
        Append(0, times: 3);
        time.Now += TimeSpan.FromMilliseconds(5);
        var sent = Assert.Single(Plan().Sends).Batches.Single();
        Append(0);
        queues.Returned(First);
        queues.Retry(sent, TimeSpan.FromMilliseconds(100));

        Assert.Empty(Plan().Sends);
        time.Now += TimeSpan.FromMilliseconds(100);
        var again = Assert.Single(Plan().Sends).Batches.Single();

        Assert.Same(sent.Batch, again.Batch);
        Assert.Equal(3, again.Batch.Records.Count);
        Assert.Equal(new BatchSequence(0, 0), again.Batch.Sequence);
        Assert.Equal(2, again.Batch.Attempts);
    }

    [Fact]
    public void A_batch_follows_its_partition_to_another_leader()
    {
        Append(0);
        time.Now += TimeSpan.FromMilliseconds(5);
        var sent = Assert.Single(Plan().Sends);
        Assert.Equal(First, sent.Leader);
        queues.Retry(sent.Batches.Single(), TimeSpan.Zero);

        Assert.Equal(Second, Assert.Single(queues.Plan(View(2)).Sends).Leader);
    }

    [Fact]
    public void After_a_batch_that_failed_a_new_epoch_begins_at_zero()
    {
        Append(0, times: 25);
        queues.Remove(Assert.Single(Plan().Sends).Batches.Single(), failed: true);

        Assert.Equal(new BatchSequence(1, 0), Assert.Single(Plan().Sends).Batches.Single().Batch.Sequence);
    }

    [Fact]
    public void A_batch_that_was_never_sent_costs_no_epoch()
    {
        Append(0);
        time.Now += TimeSpan.FromSeconds(120);
        var expired = Assert.Single(queues.Plan(View(leader: null)).Expired);
        queues.Remove(expired, failed: true);
        Append(0);
        time.Now += TimeSpan.FromMilliseconds(5);

        Assert.Equal("DELIVERY_TIMEOUT", expired.Queue.FailureName);
        Assert.Equal(new BatchSequence(0, 0), Assert.Single(Plan().Sends).Batches.Single().Batch.Sequence);
    }

    [Fact]
    public void Partitions_of_one_leader_share_a_request()
    {
        Append(0);
        Append(1);
        time.Now += TimeSpan.FromMilliseconds(5);

        Assert.Equal([0, 1], Assert.Single(Plan().Sends).Batches.Select(batch => batch.Queue.Partition));
    }

    [Fact]
    public void Without_a_leader_one_is_asked_for()
    {
        Append(0);
        time.Now += TimeSpan.FromMilliseconds(5);
        var plan = queues.Plan(View(leader: null));

        Assert.True(plan.WantsLeaders);
        Assert.Empty(plan.Sends);
        Assert.NotNull(plan.NextLook);
    }

    [Fact]
    public void A_full_buffer_takes_nothing_more_until_something_is_delivered()
    {
        var small = new PartitionQueues(1, new ProducerOptions { BatchBytes = 10, BufferBytes = 20 }, time);
        Assert.True(small.TryAppend(Record(0), out _));
        Assert.True(small.TryAppend(Record(0), out _));
        Assert.False(small.TryAppend(Record(0), out _));

        small.Remove(Assert.Single(small.Plan(View(1)).Sends).Batches.Single(), failed: false);
        Assert.True(small.TryAppend(Record(0), out _));
    }

    private SendPlan Plan() => queues.Plan(View(1));

    private void Append(int partition, int times = 1)
    {
        for (var left = times; left > 0; left--)
        {
            Assert.True(queues.TryAppend(Record(partition), out _));
        }
    }

    private static OutgoingRecord Record(int partition) => new(partition, 0, new byte[10]);

    private static TopicView View(int? leader)
    {
        var leads = new PartitionLeader(leader is { } id ? new NodeId(id) : null, 1);
        return new TopicView(
            "orders", null, ImmutableDictionary<NodeId, Endpoint>.Empty.Add(new NodeId(1), First).Add(new NodeId(2), Second), [leads, leads]);
    }

    private sealed class HandClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
