using Metamorph.Model;
using static Metamorph.Tests.Clusters;

namespace Metamorph.Safety.Tests;

/// <summary>May a node stop now? What the brokers know of the cluster.</summary>
public sealed class FollowsMetadataTests
{
    private static readonly ClusterSnapshot Well = Of(V392, brokers: [1, 2], combined: [3], controllers: [4, 5]);

    [Fact]
    public void Brokers_within_the_fetch_timeout_follow_the_metadata() =>
        Assert.Empty(Judge(1, With((1, 500), (2, 1999))));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void While_a_broker_does_not_follow_no_node_stops_that_broker_neither(int stop) =>
        Assert.Equal([new Objection.MetadataBehind(new NodeId(2), 2000)], Judge(stop, With((1, 0), (2, 2000))));

    [Fact]
    public void A_broker_that_is_a_voter_follows_as_a_voter() => Assert.Equal(
        [new Objection.MetadataBehind(new NodeId(3), 60_000)],
        Judge(1, Well.With(QuorumOf(4, (3, 60_000), (4, 0), (5, 0)).WithObservers((1, 0), (2, 0)))));

    [Fact]
    public void A_broker_that_the_leader_knows_nothing_of_does_not_follow()
    {
        Assert.Equal([new Objection.MetadataBehind(new NodeId(2), null)], Judge(1, With((1, 0), (2, null))));
        Assert.Equal([new Objection.MetadataBehind(new NodeId(2), null)], Judge(1, With((1, 0))));
    }

    [Fact]
    public void Of_a_broker_with_a_new_metadata_dir_the_one_that_runs_counts()
    {
        Assert.Empty(Judge(1, With((1, 0), (2, 60_000), (2, 0))));
        Assert.Equal([new Objection.MetadataBehind(new NodeId(2), 3000)], Judge(1, With((1, 0), (2, null), (2, 60_000), (2, 3000))));
    }

    [Fact]
    public void One_that_is_down_is_told_as_down_alone() => Assert.Equal(
        [new Objection.NodeDown(new NodeId(2))],
        Judge(1, With((1, 0)).With(2, node => node with { Process = Observed<NodeProcess?>.Of(null) })));

    private static ClusterSnapshot With(params (int Id, double? BehindMs)[] observers) =>
        Well.With(QuorumOf(4, (3, 0), (4, 0), (5, 0)).WithObservers(observers));

    private static IEnumerable<Objection> Judge(int stop, ClusterSnapshot now) =>
        StopGates.Judge(new StopQuestion(now, new NodeId(stop))).Objections;
}
