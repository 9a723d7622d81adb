using System.Collections.Immutable;
using Metamorph.Model;
using static Metamorph.Tests.Clusters;

namespace Metamorph.Safety.Tests;

/// <summary>May a node stop now? The replicas' side of it.</summary>
public sealed class StopGateTests
{
    private static readonly TopicPartition Orders = new("orders", 0);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_fully_replicated_partition_lets_any_one_broker_go(int stop) =>
        Assert.Empty(Judge(stop, PartitionOf([0, 1, 2])));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_broker_that_holds_the_minimum_together_must_stay(int stop) => Assert.Equal(
        [new Objection.WouldStarve(Orders, IsrAfter: 1, Floor: 2), new Objection.UnderReplicated(Orders, Isr: 2, Replicas: 3)],
        Judge(stop, PartitionOf([0, 1, 2], isr: [0, 1])));

    [Fact]
    public void A_broker_outside_the_isr_may_go_while_the_minimum_holds_without_it() =>
        Assert.Empty(Judge(2, PartitionOf([0, 1, 2], isr: [0, 1])));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_partition_under_min_isr_keeps_all_its_replicas(int stop) =>
        Assert.Contains(Judge(stop, PartitionOf([0, 1, 2], isr: [0])), objection => objection.About == Orders);

    [Fact]
    public void A_partition_under_min_isr_is_no_reason_to_keep_a_broker_without_a_replica() =>
        Assert.Empty(Judge(3, PartitionOf([0, 1, 2], isr: [0])));

    [Fact]
    public void The_only_replica_stays_unless_its_topic_is_accepted_by_name()
    {
        Assert.Equal([new Objection.WouldGoOffline(Orders, Replicas: 1)], Judge(0, PartitionOf([0]), minIsr: 1));
        Assert.Empty(Judge(0, PartitionOf([0]), minIsr: 1, accepted: "orders"));
        Assert.NotEmpty(Judge(0, PartitionOf([0]), minIsr: 1, accepted: "payments"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_leaderless_partition_keeps_every_replica_and_is_named(int stop) =>
        Assert.Contains(new Objection.Leaderless(Orders, new NodeList([0, 1, 2])), Judge(stop, PartitionOf([0, 1, 2], isr: [])));

    [Fact]
    public void A_leaderless_partition_elsewhere_is_no_reason() => Assert.Empty(Judge(3, PartitionOf([0, 1, 2], isr: [])));

    [Fact]
    public void The_only_replica_of_an_accepted_topic_may_be_restarted_though_nobody_leads_it() =>
        Assert.Empty(Judge(0, PartitionOf([0], isr: []), minIsr: 1, accepted: "orders"));

    [Fact]
    public void An_unreadable_min_isr_refuses_instead_of_counting_as_none()
    {
        var topic = TopicOf("orders", 2, PartitionOf([0, 1, 2])) with { MinIsr = Observed<int>.Unknown("TIMEOUT") };

        Assert.Equal([new Objection.MinIsrUnknown("orders", "TIMEOUT")], Judge(0, topic));
        Assert.Empty(Judge(3, topic));
    }

    [Fact]
    public void A_topic_that_vanished_while_it_was_read_leaves_the_others_judged() => Assert.Equal(
        [Orders],
        Judge(0, TopicOf("gone", 2) with { MinIsr = Observed<int>.Unknown("UNKNOWN_TOPIC_OR_PARTITION") }, TopicOf("orders", 3, PartitionOf([0, 1, 2])))
            .Select(objection => objection.About));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void With_no_replica_to_spare_a_broker_stays_until_the_topic_is_accepted(int stop)
    {
        Assert.Equal([new Objection.WouldStarve(Orders, IsrAfter: 1, Floor: 2)], Judge(stop, PartitionOf([0, 1])));
        Assert.Empty(Judge(stop, PartitionOf([0, 1]), accepted: "orders"));
    }

    [Fact]
    public void An_accepted_topic_of_two_replicas_never_loses_its_last_one_in_sync()
    {
        Assert.Equal([new Objection.WouldGoOffline(Orders, Replicas: 2)], Judge(0, PartitionOf([0, 1], isr: [0]), accepted: "orders"));
        Assert.Empty(Judge(1, PartitionOf([0, 1], isr: [0]), accepted: "orders"));
    }

    [Fact]
    public void An_accepted_topic_whose_min_isr_is_unknown_still_keeps_its_last_replica_in_sync()
    {
        var topic = TopicOf("orders", 2, PartitionOf([0, 1], isr: [0])) with { MinIsr = Observed<int>.Unknown("TIMEOUT") };

        Assert.IsType<Objection.WouldGoOffline>(Assert.Single(Judge(0, [topic], "orders")));
    }

    [Fact]
    public void A_min_isr_above_the_replica_count_is_judged_at_the_replica_count() => Assert.Equal(
        [new Objection.WouldStarve(Orders, IsrAfter: 1, Floor: 2)], Judge(0, PartitionOf([0, 1]), minIsr: 3));

    [Fact]
    public void While_another_replica_catches_up_a_second_one_does_not_go_though_min_isr_would_allow_it() => Assert.Equal(
        [new Objection.UnderReplicated(Orders, Isr: 2, Replicas: 3)], Judge(0, PartitionOf([0, 1, 2], isr: [0, 1]), minIsr: 1));

    [Fact]
    public void Somebody_elses_reassignment_holds_every_node()
    {
        var move = new Reassignment(Orders, Adding: new NodeList([3]), Removing: new NodeList([0]));
        var now = Healthy() with { Reassignments = Observed<ImmutableArray<Reassignment>>.Of([move]) };

        Assert.Equal([new Objection.ForeignReassignment(Orders, move.Adding, move.Removing)], Judge(now, 3));
    }

    [Fact]
    public void One_node_at_a_time_another_that_is_down_holds_all_the_others()
    {
        var now = Healthy().With(1, node => node with { Process = Observed<NodeProcess?>.Of(null) });

        Assert.Equal([new Objection.NodeDown(new NodeId(1))], Judge(now, 0));
    }

    [Fact]
    public void Another_node_that_runs_but_is_fenced_holds_all_the_others()
    {
        var now = Healthy().With(1, node => node with { Registration = Observed<BrokerRegistration>.Of(BrokerRegistration.Fenced) });

        Assert.Equal([new Objection.NotRegistered(new NodeId(1), BrokerRegistration.Fenced)], Judge(now, 0));
    }

    [Fact]
    public void A_controller_that_does_not_answer_holds_all_the_others()
    {
        var now = Healthy().With(5, node => node with { ControllerAnswer = Observed<NodeAnswer>.Unknown("connection refused") });

        Assert.Equal([new Objection.NodeNotServing(new NodeId(5), "its controller listener: connection refused")], Judge(now, 0));
    }

    [Fact]
    public void A_node_that_runs_but_does_not_serve_yet_is_left_to_its_recovery()
    {
        var now = Healthy().With(0, node => node with { Registration = Observed<BrokerRegistration>.Of(BrokerRegistration.Fenced) });

        Assert.Equal([new Objection.NotRegistered(new NodeId(0), BrokerRegistration.Fenced)], Judge(now, 0));
    }

    [Fact]
    public void A_registered_broker_outside_the_cluster_file_is_not_waited_for() => Assert.Empty(Judge(Healthy().WithGhost(9), 0));

    public static TheoryData<string, ClusterSnapshot> Unknowns => new()
    {
        { "topics and partitions", Healthy() with { Topics = Observed<ImmutableArray<Topic>>.Unknown("TIMEOUT") } },
        { "reassignments", Healthy() with { Reassignments = Observed<ImmutableArray<Reassignment>>.Unknown("TIMEOUT") } },
        { "the controller quorum", Healthy() with { Quorum = Observed<Quorum>.Unknown("TIMEOUT") } },
        { "the process of node 0", Healthy().With(0, node => node with { Process = Observed<NodeProcess?>.Unknown("TIMEOUT") }) },
        { "the process of node 1", Healthy().With(1, node => node with { Process = Observed<NodeProcess?>.Unknown("TIMEOUT") }) },
        { "the registration of broker 0", Healthy().With(0, node => node with { Registration = Observed<BrokerRegistration>.Unknown("TIMEOUT") }) },
        { "the registration of broker 1", Healthy().With(1, node => node with { Registration = Observed<BrokerRegistration>.Unknown("TIMEOUT") }) },
        { "consumer groups", Healthy() with { Groups = Observed<ImmutableArray<ConsumerGroup>>.Unknown("TIMEOUT") } },
        { "the lag of group billing", Healthy() with { Groups = Observed<ImmutableArray<ConsumerGroup>>.Of([Billing with { Lag = Observed<long>.Unknown("TIMEOUT") }]) } },
    };

    [Theory]
    [MemberData(nameof(Unknowns), DisableDiscoveryEnumeration = true)]
    public void What_was_not_read_keeps_the_node_up(string what, ClusterSnapshot now) =>
        Assert.Equal([new Objection.NotKnown(what, "TIMEOUT")], Judge(now, 0));

    [Fact]
    public void A_node_that_is_not_in_the_snapshot_is_not_stopped() =>
        Assert.Equal([new Objection.NotKnown("node 8", "it is not in the snapshot")], Judge(Healthy(), 8));

    [Fact]
    public void Every_objection_is_shown_not_the_first_alone()
    {
        var now = Healthy(TopicOf("orders", 2, PartitionOf([0, 1, 2], isr: [0]), PartitionOf([0, 1, 2], isr: [])))
            .With(1, node => node with { Process = Observed<NodeProcess?>.Of(null) })
            .With(QuorumOf(leader: null));

        Assert.Equal(
            [typeof(Objection.NodeDown), typeof(Objection.NoActiveController), typeof(Objection.WouldGoOffline), typeof(Objection.Leaderless)],
            Judge(now, 0).Select(objection => objection.GetType()).Where(kind => kind != typeof(Objection.UnderReplicated)));
    }

    private static readonly ConsumerGroup Billing =
        new() { Id = "billing", State = "Stable", Members = 1, Lag = Observed<long>.Of(0) };

    private static ClusterSnapshot Healthy(params Topic[] topics) =>
        Of(V392, brokers: [0, 1, 2, 3], controllers: [4, 5, 6]).With(topics);

    private static ImmutableArray<Objection> Judge(int stop, Partition partition, int minIsr = 2, params string[] accepted) =>
        Judge(stop, [TopicOf("orders", minIsr, partition)], accepted);

    private static ImmutableArray<Objection> Judge(int stop, params Topic[] topics) => Judge(stop, topics, []);

    private static ImmutableArray<Objection> Judge(int stop, Topic[] topics, params string[] accepted) =>
        StopGates.Judge(new StopQuestion(Healthy(topics), new NodeId(stop)) { AcceptedUnavailable = [.. accepted] }).Objections;

    private static ImmutableArray<Objection> Judge(ClusterSnapshot now, int stop) => StopGates.Judge(new StopQuestion(now, new NodeId(stop))
    {
        LagLimits = ImmutableSortedDictionary<string, long>.Empty.Add("billing", 10),
    }).Objections;
}
