using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Releases;
using static Metamorph.Tests.Clusters;

namespace Metamorph.Planning.Tests;

/// <summary>What speaks against an upgrade before anything is touched.</summary>
public sealed class PreflightTests
{
    [Fact]
    public void A_cluster_that_is_well_is_not_refused() => Assert.Empty(Refusals(Facts(Healthy)));

    [Fact]
    public void The_refusals_come_first() => Assert.Equal(
        FindingSeverity.Refusal, Preflight.Find(Facts(Healthy.With(TopicOf("orders", 1, PartitionOf([1])))))[0].Severity);

    [Fact]
    public void A_topic_of_one_replica_is_listed_and_needs_to_be_accepted_by_name()
    {
        var now = Healthy.With(TopicOf("orders", 1, PartitionOf([1])));

        Assert.Contains("--accept-unavailable orders", Refused("rf1-topic", Facts(now)).Remedy, StringComparison.Ordinal);
        Assert.Contains("orders-0", Refused("rf1-topic", Facts(now)).Found, StringComparison.Ordinal);
        Assert.Equal(FindingSeverity.Warning, The("rf1-topic", Facts(now) with { AcceptedUnavailable = ["orders"] }).Severity);
    }

    [Fact]
    public void A_topic_without_a_spare_replica_needs_to_be_accepted_too()
    {
        var now = Healthy.With(TopicOf("orders", 2, PartitionOf([1, 2])));

        Refused("no-spare-replica", Facts(now));
        Assert.Equal(FindingSeverity.Warning, The("no-spare-replica", Facts(now) with { AcceptedUnavailable = ["orders"] }).Severity);
    }

    [Fact]
    public void One_replica_more_than_min_isr_is_enough() =>
        Assert.Empty(Refusals(Facts(Healthy.With(TopicOf("orders", 2, PartitionOf([1, 2, 3])), TopicOf("small", 1, PartitionOf([1, 2]))))));

    [Fact]
    public void A_bare_topic_on_a_node_that_does_not_restart_needs_no_acceptance()
    {
        var halfway = Of(V431, combined: [1, 2, 3]).With(2, node => On(V392, node)).WithLevels((KafkaFeatures.MetadataVersion, 21));

        Assert.Empty(Refusals(Facts(halfway.With(TopicOf("orders", 1, PartitionOf([1]))))));
        Refused("rf1-topic", Facts(halfway.With(TopicOf("orders", 1, PartitionOf([2])))));
    }

    [Fact]
    public void A_bare_topic_on_a_node_that_must_register_again_does_need_it()
    {
        var halfway = Of(V381, combined: [1, 2, 3], leader: 1).With(2, node => On(V412, node)).With(TopicOf("orders", 1, PartitionOf([2])));

        Refused("rf1-topic", Facts(halfway) with { Target = V412 });
        Assert.Empty(Refusals(Facts(halfway) with { Target = V412, Finalize = FinalizePolicy.Never }));
    }

    [Fact]
    public void An_acceptance_of_a_topic_that_does_not_exist_is_a_typing_error() =>
        Refused("no-such-topic", Facts(Healthy) with { AcceptedUnavailable = ["odrers"] });

    [Fact]
    public void Offline_partitions_are_refused_by_name() =>
        Assert.Contains("orders-0", Refused("offline-partitions", Facts(Healthy.With(TopicOf("orders", 2, PartitionOf([1, 2, 3], isr: []))))).Found, StringComparison.Ordinal);

    [Fact]
    public void Under_replicated_partitions_are_waited_for() => Assert.Equal(
        FindingSeverity.Warning, The("under-replicated", Facts(Healthy.With(TopicOf("orders", 2, PartitionOf([1, 2, 3], isr: [1, 2]))))).Severity);

    [Fact]
    public void Somebody_elses_reassignment_is_refused_and_listed() => Assert.Contains(
        "orders-4",
        Refused("foreign-reassignment", Facts(Healthy with
        {
            Reassignments = Observed<ImmutableArray<Reassignment>>.Of([new(new("orders", 4), new NodeList([3]), new NodeList([1]))]),
        })).Found,
        StringComparison.Ordinal);

    [Fact]
    public void An_empty_ghost_is_noted_because_the_plan_removes_it() =>
        Assert.Equal(FindingSeverity.Note, The("ghost-broker", Facts(Healthy.WithGhost(9))).Severity);

    [Fact]
    public void A_ghost_that_holds_replicas_is_refused() => Assert.Contains(
        "1 replicas",
        Refused("ghost-broker", Facts(Healthy.WithGhost(9).With(TopicOf("orders", 1, PartitionOf([1, 2, 9], isr: [1, 2]))))).Found,
        StringComparison.Ordinal);

    [Fact]
    public void A_ghost_is_not_called_empty_while_the_topics_are_unknown() => Assert.DoesNotContain(
        Preflight.Find(Facts(Healthy.WithGhost(9) with { Topics = Observed<ImmutableArray<Topic>>.Unknown("TIMEOUT") })),
        finding => finding.Code == "ghost-broker");

    [Fact]
    public void A_ghost_controller_is_announced_before_the_roll_with_what_to_do()
    {
        var now = Healthy with { RegisteredControllers = Observed<ImmutableArray<NodeId>>.Of([new(1), new(2), new(3), new(7)]) };

        Assert.Contains("start it once more", The("ghost-controller", Facts(now)).Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain(Preflight.Find(Facts(now) with { Finalize = FinalizePolicy.Never }), finding => finding.Code == "ghost-controller");
    }

    [Fact]
    public void A_running_node_that_is_not_in_the_cluster_file_is_refused() => Refused("unlisted-node", Facts(Healthy.WithGhost(9).With(
        9, node => node with { Registration = Observed<BrokerRegistration>.Of(BrokerRegistration.Unfenced) })));

    [Fact]
    public void A_voter_that_is_not_in_the_cluster_file_is_refused() =>
        Refused("unlisted-node", Facts(Healthy.With(QuorumOf(1, (1, 0), (2, 0), (3, 0), (8, 0)))));

    [Fact]
    public void A_node_whose_release_cannot_be_read_is_refused() => Assert.Equal(
        "the release of node 2",
        Refused("not-known", Facts(Healthy.With(2, node => node with
        {
            Process = Observed<NodeProcess?>.Of(new NodeProcess(7, Noon, Observed<KafkaRelease>.Unknown("no rights"))),
        }))).Subject);

    [Theory]
    [InlineData("3.9.1", "target-older")]
    [InlineData("4.9.0", "target-unknown")]
    [InlineData("4.4.0", "target-unreleased")]
    public void A_target_that_cannot_be_reached_is_refused(string target, string code) =>
        Refused(code, Facts(Healthy) with { Target = KafkaRelease.Parse(target) });

    [Fact]
    public void A_target_that_needs_a_stop_on_the_way_is_refused() =>
        Refused("stop-needed", Facts(Of(new(3, 3, 2), combined: [1, 2, 3])));

    [Fact]
    public void A_target_below_the_finalized_metadata_version_is_refused_before_any_restart() => Refused(
        "metadata-version-beyond-target", Facts(Of(V431, combined: [1, 2, 3])) with { Target = new(4, 2, 1) });

    [Fact]
    public void The_release_that_runs_already_is_no_reason_to_refuse() =>
        Assert.Empty(Refusals(Facts(Of(V431, combined: [1, 2, 3]))));

    [Fact]
    public void ZooKeeper_mode_is_refused() => Refused("zookeeper-mode", Facts(Healthy with { IsZooKeeperMode = true }) with { Target = V392 });

    [Fact]
    public void A_broker_that_is_down_is_refused_while_the_controllers_come_first_and_would_wait_for_it()
    {
        static ClusterSnapshot With(KafkaRelease controllers) => Of(V392, brokers: [1, 2], controllers: [4, 5, 6])
            .With(4, node => On(controllers, node)).With(5, node => On(controllers, node)).With(6, node => On(controllers, node))
            .With(2, node => node with { Process = Observed<NodeProcess?>.Of(null) });

        Refused("node-down", Facts(With(V392)));
        Assert.Equal(FindingSeverity.Warning, The("node-down", Facts(With(V431))).Severity);
    }

    [Fact]
    public void Without_an_active_controller_nothing_starts() => Refused("no-active-controller", Facts(Healthy.With(QuorumOf(null, (1, 0), (2, 0), (3, 0)))));

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void A_quorum_that_cannot_lose_a_voter_is_warned_of(int voters, bool warned) => Assert.Equal(
        warned, Preflight.Find(Facts(Of(V392, combined: [.. Enumerable.Range(1, voters)]))).Any(finding => finding.Code == "small-quorum"));

    [Fact]
    public void What_the_operator_gives_up_by_finalizing_is_noted_and_not_without_finalisation()
    {
        Assert.Contains("metadata.version 21 → 30", The("way-back", Facts(Healthy)).Found, StringComparison.Ordinal);
        Assert.DoesNotContain(Preflight.Find(Facts(Healthy) with { Finalize = FinalizePolicy.Never }), finding => finding.Code == "way-back");
    }

    [Fact]
    public void A_brokers_own_min_isr_is_warned_of_when_eligible_leader_replicas_would_delete_it() => The("min-isr-per-broker", Facts(Healthy) with
    {
        BrokerOverrides = Observed<ImmutableSortedDictionary<NodeId, ImmutableSortedDictionary<string, string>>>.Of(
            ImmutableSortedDictionary<NodeId, ImmutableSortedDictionary<string, string>>.Empty.Add(
                new(1), ImmutableSortedDictionary<string, string>.Empty.Add("min.insync.replicas", "2"))),
    });

    public static TheoryData<string, PreflightFacts> Unknowns => new()
    {
        { "topics and partitions", Facts(Healthy with { Topics = Observed<ImmutableArray<Topic>>.Unknown("TIMEOUT") }) },
        { "reassignments", Facts(Healthy with { Reassignments = Observed<ImmutableArray<Reassignment>>.Unknown("TIMEOUT") }) },
        { "the controller quorum", Facts(Healthy with { Quorum = Observed<Quorum>.Unknown("TIMEOUT") }) },
        { "the finalized features", Facts(Healthy with { Features = Observed<FinalizedFeatures>.Unknown("TIMEOUT") }) },
        { "the process of node 2", Facts(Healthy.With(2, node => node with { Process = Observed<NodeProcess?>.Unknown("TIMEOUT") })) },
        {
            "min.insync.replicas of topic orders",
            Facts(Healthy.With(TopicOf("orders", 2, PartitionOf([1, 2, 3])) with { MinIsr = Observed<int>.Unknown("TIMEOUT") }))
        },
        { "topic configs", Facts(Healthy) with { TopicOverrides = Observed<ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>>.Unknown("TIMEOUT") } },
        { "broker configs", Facts(Healthy) with { BrokerOverrides = Observed<ImmutableSortedDictionary<NodeId, ImmutableSortedDictionary<string, string>>>.Unknown("TIMEOUT") } },
    };

    [Theory]
    [MemberData(nameof(Unknowns), DisableDiscoveryEnumeration = true)]
    public void What_was_not_read_is_refused(string what, PreflightFacts facts) =>
        Assert.Contains(Refusals(facts), finding => finding.Code == "not-known" && finding.Subject == what);

    private static ClusterSnapshot Healthy => Of(V392, combined: [1, 2, 3]);

    private static PreflightFacts Facts(ClusterSnapshot now) => new()
    {
        Now = now,
        Target = V431,
        Finalize = FinalizePolicy.Ask,
        TopicOverrides = Observed<ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>>.Of(
            ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>.Empty),
        BrokerOverrides = Observed<ImmutableSortedDictionary<NodeId, ImmutableSortedDictionary<string, string>>>.Of(
            ImmutableSortedDictionary<NodeId, ImmutableSortedDictionary<string, string>>.Empty),
    };

    private static List<Finding> Refusals(PreflightFacts facts) =>
        [.. Preflight.Find(facts).Where(finding => finding.Severity == FindingSeverity.Refusal)];

    private static Finding Refused(string code, PreflightFacts facts) => Refusals(facts).First(finding => finding.Code == code);

    private static Finding The(string code, PreflightFacts facts) => Assert.Single(Preflight.Find(facts), finding => finding.Code == code);
}
