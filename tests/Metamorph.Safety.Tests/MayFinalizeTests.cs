using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Releases;
using static Metamorph.Tests.Clusters;

namespace Metamorph.Safety.Tests;

/// <summary>May a feature be raised? Kafka counts whoever is registered, dead or alive; what it does not count is asked here.</summary>
public sealed class MayFinalizeTests
{
    private const short Level43 = 30;

    [Fact]
    public void When_every_node_runs_the_target_a_feature_may_be_raised() => Assert.Empty(Judge(Rolled));

    [Fact]
    public void One_node_on_the_old_release_keeps_the_level() => Assert.Equal(
        [
            new Objection.ReleaseBehind(new NodeId(2), "3.9.2", V431),
            new Objection.FeatureMissing(new NodeId(2), KafkaFeatures.MetadataVersion, Level43, new FeatureRange(1, 21)),
            new Objection.FeatureMissing(new NodeId(2), KafkaFeatures.MetadataVersion, Level43, new FeatureRange(1, 21)),
        ],
        Judge(Rolled.With(2, node => On(V392, node))));

    [Fact]
    public void A_node_that_is_down_keeps_the_level() => Assert.Equal(
        [new Objection.NodeDown(new NodeId(2))], Judge(Rolled.With(2, node => node with { Process = Observed<NodeProcess?>.Of(null) })));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_fenced_ghost_broker_is_reported_with_the_replicas_it_holds(int replicas)
    {
        var topic = TopicOf("orders", 1, [.. Enumerable.Repeat(PartitionOf([9, 1], isr: [1]), replicas)]);

        Assert.Equal([new Objection.GhostBroker(new NodeId(9), replicas)], Judge(Rolled.With(topic).WithGhost(9)));
    }

    [Fact]
    public void The_replicas_of_a_ghost_are_unknown_while_the_topics_are() => Assert.Equal(
        [new Objection.GhostBroker(new NodeId(9), Replicas: null)],
        Judge(Rolled.WithGhost(9) with { Topics = Observed<ImmutableArray<Topic>>.Unknown("TIMEOUT") }));

    [Fact]
    public void A_broker_that_is_no_longer_registered_is_no_ghost()
    {
        var now = Rolled.WithGhost(9).With(9, node => node with { Registration = Observed<BrokerRegistration>.Of(BrokerRegistration.Absent) });

        Assert.Empty(Judge(now));
    }

    [Fact]
    public void A_ghost_controller_is_reported() => Assert.Equal([new Objection.GhostController(new NodeId(7))], Judge(Registered(1, 2, 3, 7)));

    [Fact]
    public void A_voter_that_has_not_registered_keeps_the_level() =>
        Assert.Equal([new Objection.VoterNotRegistered(new NodeId(3))], Judge(Registered(1, 2)));

    [Fact]
    public void Below_metadata_version_15_controllers_do_not_register_and_are_not_missed() =>
        Assert.Empty(Judge(Registered().WithLevels((KafkaFeatures.MetadataVersion, MetadataVersion.ControllersRegister - 1))));

    [Fact]
    public void At_metadata_version_15_they_must_be_registered() => Assert.Equal(
        3, Judge(Registered().WithLevels((KafkaFeatures.MetadataVersion, MetadataVersion.ControllersRegister))).Length);

    [Fact]
    public void Below_metadata_version_15_Kafka_does_not_ask_the_controllers_so_each_is_asked_here()
    {
        var now = Of(V431, brokers: [1], controllers: [4, 5, 6]).WithLevels((KafkaFeatures.MetadataVersion, 14)).With(6, node => On(V392, node));

        Assert.Contains(new Objection.FeatureMissing(new NodeId(6), KafkaFeatures.MetadataVersion, Level43, new FeatureRange(1, 21)), Judge(now));
    }

    [Fact]
    public void A_voter_outside_the_cluster_file_cannot_be_asked_and_keeps_the_level()
    {
        var now = Rolled.With(QuorumOf(leader: 1, (1, 0), (2, 0), (3, 0), (8, 0))).WithLevels((KafkaFeatures.MetadataVersion, 14));

        Assert.Equal([new Objection.NotKnown("the release of voter 8", "it is not in the cluster file")], Judge(now));
    }

    public static TheoryData<string, ClusterSnapshot> Unknowns => new()
    {
        { "the controller quorum", Rolled with { Quorum = Observed<Quorum>.Unknown("TIMEOUT") } },
        { "the finalized features", Rolled with { Features = Observed<FinalizedFeatures>.Unknown("TIMEOUT") } },
        { "the registered controllers", Rolled with { RegisteredControllers = Observed<ImmutableArray<NodeId>>.Unknown("TIMEOUT") } },
        { "the process of node 2", Rolled.With(2, node => node with { Process = Observed<NodeProcess?>.Unknown("TIMEOUT") }) },
        { "the registration of broker 2", Rolled.With(2, node => node with { Registration = Observed<BrokerRegistration>.Unknown("TIMEOUT") }) },
    };

    [Theory]
    [MemberData(nameof(Unknowns), DisableDiscoveryEnumeration = true)]
    public void What_was_not_read_keeps_the_level(string what, ClusterSnapshot now) =>
        Assert.Equal([new Objection.NotKnown(what, "TIMEOUT")], Judge(now));

    [Fact]
    public void Without_an_active_controller_nothing_is_raised() =>
        Assert.Equal([new Objection.NoActiveController()], Judge(Rolled.With(QuorumOf(leader: null, (1, 0), (2, 0), (3, 0)))));

    private static ClusterSnapshot Rolled => Of(V431, combined: [1, 2, 3]).WithLevels((KafkaFeatures.MetadataVersion, 21));

    private static ClusterSnapshot Registered(params int[] controllers) =>
        Rolled with { RegisteredControllers = Observed<ImmutableArray<NodeId>>.Of([.. controllers.Select(id => new NodeId(id))]) };

    private static ImmutableArray<Objection> Judge(ClusterSnapshot now) =>
        MayFinalizeGate.Judge(now, V431, KafkaFeatures.MetadataVersion, Level43).Objections;
}
