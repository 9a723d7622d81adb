using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Releases;
using static Metamorph.Tests.Clusters;

namespace Metamorph.Safety.Tests;

/// <summary>Is a restarted node back? "It runs", "it serves" and "it has caught up" are three questions.</summary>
public sealed class IsBackTests
{
    private static readonly NodeId One = new(1);

    [Fact]
    public void A_node_that_answers_on_the_target_and_is_unfenced_serves() => Assert.Empty(Serving(Target));

    [Fact]
    public void A_process_on_the_target_that_is_still_fenced_does_not_serve() => Assert.Equal(
        [new Objection.NotRegistered(One, BrokerRegistration.Fenced)],
        Serving(Target.With(1, node => node with { Registration = Observed<BrokerRegistration>.Of(BrokerRegistration.Fenced) })));

    [Fact]
    public void A_process_on_the_target_that_does_not_answer_does_not_serve() => Assert.Equal(
        [new Objection.NodeNotServing(One, "its client listener: connection refused")],
        Serving(Target.With(1, node => node with { BrokerAnswer = Observed<NodeAnswer>.Unknown("connection refused") })));

    [Fact]
    public void A_node_that_answers_as_another_line_than_its_process_is_not_back()
    {
        var answer = Observed<NodeAnswer>.Of(Target.Nodes[One].BrokerAnswer.Value with { Line = Observed<ReleaseLine>.Of(V392.Line) });

        var behind = Assert.IsType<Objection.ReleaseBehind>(Assert.Single(Serving(Target.With(1, node => node with { BrokerAnswer = answer }))));
        Assert.Contains("answers as 3.9", behind.Running, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_on_another_patch_of_the_target_line_is_not_back() =>
        Assert.IsType<Objection.ReleaseBehind>(Assert.Single(Serving(Target.With(1, node => On(new(4, 3, 0), node)))));

    [Fact]
    public void A_node_that_lacks_a_feature_of_the_target_is_not_back()
    {
        var answer = Target.Nodes[One].BrokerAnswer.Value;
        var without = Observed<NodeAnswer>.Of(answer with { SupportedFeatures = answer.SupportedFeatures.Remove(KafkaFeatures.GroupVersion) });

        Assert.Equal(
            [new Objection.FeatureMissing(One, KafkaFeatures.GroupVersion, 1, Supported: null)],
            Serving(Target.With(1, node => node with { BrokerAnswer = without })));
    }

    [Fact]
    public void A_node_whose_process_is_not_known_is_not_back() => Assert.Equal(
        [new Objection.NotKnown("the process of node 1", "TIMEOUT")],
        Serving(Target.With(1, node => node with { Process = Observed<NodeProcess?>.Unknown("TIMEOUT") })));

    [Fact]
    public void A_node_that_is_not_in_the_snapshot_is_not_back() =>
        Assert.NotEmpty(IsBackGate.JudgeServing(Target, new NodeId(8), V431).Objections);

    [Fact]
    public void One_replica_out_of_sync_is_named() => Assert.Equal(
        [new Objection.ReplicaOutOfSync(One, new("orders", 1))],
        CaughtUp(Target.With(TopicOf("orders", 2, PartitionOf([1, 2, 3]), PartitionOf([1, 2, 3], isr: [2, 3]), PartitionOf([2, 3], isr: [2])))));

    [Fact]
    public void Unreadable_topics_are_not_caught_up() => Assert.Equal(
        [new Objection.NotKnown("topics and partitions", "TIMEOUT")],
        CaughtUp(Target with { Topics = Observed<ImmutableArray<Topic>>.Unknown("TIMEOUT") }));

    [Theory]
    [InlineData(1999.0, true)]
    [InlineData(2000.0, false)]
    [InlineData(null, false)]
    public void A_voter_is_back_when_it_is_within_the_fetch_timeout_of_the_leader(double? behindMs, bool back) => Assert.Equal(
        back ? [] : [new Objection.VoterBehind(One, 5000, 5000)], CaughtUp(Target.With(QuorumOf(leader: 2, (1, behindMs), (2, 0), (3, 0)))));

    [Fact]
    public void A_voter_cannot_be_compared_with_a_leader_that_has_no_stamp() =>
        Assert.IsType<Objection.VoterBehind>(Assert.Single(CaughtUp(Target.With(QuorumOf(leader: 2, (1, 0), (2, null), (3, 0))))));

    [Fact]
    public void The_leader_itself_is_current() => Assert.Empty(CaughtUp(Target.With(QuorumOf(leader: 1, (1, null), (2, null), (3, null)))));

    [Fact]
    public void A_controller_that_is_no_voter_any_more_is_not_back() =>
        Assert.IsType<Objection.NotKnown>(Assert.Single(CaughtUp(Target.With(QuorumOf(leader: 2, (2, 0), (3, 0))))));

    [Fact]
    public void Without_a_leader_or_without_an_answer_no_voter_is_back()
    {
        Assert.Equal([new Objection.NoActiveController()], CaughtUp(Target.With(QuorumOf(leader: null, (1, 0), (2, 0)))));
        Assert.IsType<Objection.NotKnown>(Assert.Single(CaughtUp(Target with { Quorum = Observed<Quorum>.Unknown("TIMEOUT") })));
    }

    [Fact]
    public void Leadership_is_back_when_the_node_leads_what_it_is_the_first_replica_of()
    {
        var now = Target.With(TopicOf("orders", 2, PartitionOf([1, 2, 3], isr: [2, 3, 1]), PartitionOf([2, 1, 3], isr: [3, 2, 1])));

        Assert.Equal([new Objection.LeadershipNotReturned(One, new("orders", 0), new NodeId(2))], IsBackGate.JudgeLeadership(now, One).Objections);
    }

    private static ClusterSnapshot Target => Of(V431, combined: [1, 2, 3]);

    private static ImmutableArray<Objection> Serving(ClusterSnapshot now) => IsBackGate.JudgeServing(now, One, V431).Objections;

    private static ImmutableArray<Objection> CaughtUp(ClusterSnapshot now) => IsBackGate.JudgeCaughtUp(now, One).Objections;
}
