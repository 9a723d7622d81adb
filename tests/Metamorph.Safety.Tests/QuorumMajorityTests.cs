using System.Collections.Immutable;
using Metamorph.Model;
using static Metamorph.Tests.Clusters;

namespace Metamorph.Safety.Tests;

/// <summary>May a node stop now? The controllers' side of it.</summary>
public sealed class QuorumMajorityTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Followers_within_the_fetch_timeout_let_any_one_voter_go(int stop) =>
        Assert.Empty(Judge(stop, (1, 0), (2, 500), (3, 1500)));

    [Fact]
    public void A_follower_counts_to_the_last_millisecond_before_the_fetch_timeout()
    {
        Assert.Empty(Judge(2, (1, 0), (2, 0), (3, 1999)));
        AssertLost(1, 2, 3, new Laggard(new NodeId(3), 2000), Judge(2, (1, 0), (2, 0), (3, 2000)));
    }

    [Fact]
    public void The_voter_that_is_behind_may_itself_go() => Assert.Empty(Judge(3, (1, 0), (2, 0), (3, 60_000)));

    [Fact]
    public void The_leader_may_not_go_while_a_follower_is_behind() =>
        AssertLost(1, 2, 3, new Laggard(new NodeId(3), 5000), Judge(1, (1, 0), (2, 0), (3, 5000)));

    [Fact]
    public void A_follower_that_the_leader_knows_nothing_of_does_not_count() =>
        AssertLost(1, 2, 3, new Laggard(new NodeId(3), null), Judge(2, (1, 0), (2, 0), (3, null)));

    [Fact]
    public void Without_the_leaders_own_stamp_nobody_can_be_compared() =>
        Assert.Equal("the controller quorum", Assert.IsType<Objection.NotKnown>(Assert.Single(Judge(2, (1, null), (2, 0), (3, 0)))).What);

    [Fact]
    public void A_leader_that_is_not_among_the_voters_is_no_measure() =>
        Assert.IsType<Objection.NotKnown>(Assert.Single(Judge(QuorumOf(leader: 9, (1, 0), (2, 0), (3, 0)), 2)));

    [Fact]
    public void Without_an_active_controller_nothing_stops() =>
        Assert.Equal([new Objection.NoActiveController()], Judge(QuorumOf(leader: null, (1, 0), (2, 0), (3, 0)), 2));

    [Fact]
    public void A_plain_broker_needs_the_majority_too_to_register_again()
    {
        Assert.Empty(Judge(7, (1, 0), (2, 0), (3, 9000)));
        Assert.IsType<Objection.MajorityLost>(Assert.Single(Judge(7, (1, 0), (2, 9000), (3, 9000))));
    }

    [Fact]
    public void A_single_voter_may_go_for_there_is_no_other_way() => Assert.Empty(Judge(1, (1, 0)));

    [Fact]
    public void Of_two_voters_one_may_go_only_while_the_other_is_current()
    {
        Assert.Empty(Judge(2, (1, 0), (2, 9000)));
        Assert.Empty(Judge(1, (1, 0), (2, 0)));
        AssertLost(0, 1, 2, new Laggard(new NodeId(2), 9000), Judge(1, (1, 0), (2, 9000)));
    }

    [Fact]
    public void Of_four_voters_all_three_others_must_be_current()
    {
        Assert.Empty(Judge(2, (1, 0), (2, 0), (3, 0), (4, 0)));
        Assert.IsType<Objection.MajorityLost>(Assert.Single(Judge(2, (1, 0), (2, 0), (3, 0), (4, 9000))));
    }

    [Fact]
    public void Of_five_voters_one_other_may_be_behind() => Assert.Empty(Judge(2, (1, 0), (2, 0), (3, 0), (4, 0), (5, 9000)));

    private static ImmutableArray<Objection> Judge(int stop, params (int Id, double? BehindMs)[] voters) =>
        Judge(QuorumOf(leader: 1, voters), stop);

    private static ImmutableArray<Objection> Judge(Quorum quorum, int stop) => StopGates.Judge(new StopQuestion(
        Of(V392, brokers: [7], controllers: [.. quorum.Voters.Select(voter => voter.Id.Value)])
            .With(quorum.WithObservers((7, 0))), new NodeId(stop))).Objections;

    private static void AssertLost(int current, int needed, int voters, Laggard behind, ImmutableArray<Objection> objections)
    {
        var lost = Assert.IsType<Objection.MajorityLost>(Assert.Single(objections));
        Assert.Equal((current, needed, voters), (lost.Current, lost.Needed, lost.Voters));
        Assert.Equal([behind], lost.Behind);
    }
}
