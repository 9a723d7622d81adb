namespace Metamorph.Sandbox.Tests.Controller;

/// <summary>Eligible leader replicas (KIP-966), as 4.3.1 was seen to have them.</summary>
public sealed class EligibleLeaderTests
{
    [Fact]
    public void Who_leaves_an_isr_that_is_below_min_isr_stays_eligible_until_it_is_whole_again()
    {
        var core = Cluster([1, 2]);
        core.Order(2, new NodeOrder.Stop());
        core.PassUntil(() => core.World.Nodes[new(2)].Life is null);

        var without = core.PartitionOf("t", 0);
        Assert.Equal((1, "1", "2", ""), (without.Leader, Ids(without.Isr), Ids(without.Elr), Ids(without.LastKnownElr)));

        core.Order(2, new NodeOrder.Start());
        core.PassUntil(() => core.PartitionOf("t", 0).Isr.Length == 2);

        Assert.Equal("", Ids(core.PartitionOf("t", 0).Elr));
    }

    [Fact]
    public void The_only_replica_leads_again_after_a_clean_end()
    {
        var core = Cluster([2]);
        core.Order(2, new NodeOrder.Stop());
        core.PassUntil(() => core.World.Nodes[new(2)].Life is null);

        var without = core.PartitionOf("t", 0);
        Assert.Equal((-1, "", "2", "2"), (without.Leader, Ids(without.Isr), Ids(without.Elr), Ids(without.LastKnownElr)));

        core.Order(2, new NodeOrder.Start());
        core.PassUntil(() => core.PartitionOf("t", 0).Leader == 2);

        var back = core.PartitionOf("t", 0);
        Assert.Equal(("2", "", "", false), (Ids(back.Isr), Ids(back.Elr), Ids(back.LastKnownElr), back.IsRecovering));
    }

    [Fact]
    public void After_an_unclean_end_it_is_not_eligible_and_leads_only_as_the_last_leader()
    {
        var core = Cluster([2]);
        core.Order(2, new NodeOrder.Kill());
        core.PassUntil(() => core.PartitionOf("t", 0).Leader < 0);
        Assert.Equal("2", Ids(core.PartitionOf("t", 0).Elr));

        core.Order(2, new NodeOrder.Start());
        core.PassUntil(() => core.PartitionOf("t", 0).Elr.Length == 0);
        var registered = core.PartitionOf("t", 0);
        Assert.Equal((-1, "", "2"), (registered.Leader, Ids(registered.Isr), Ids(registered.LastKnownElr)));

        core.PassUntil(() => core.PartitionOf("t", 0).Leader == 2);
        var back = core.PartitionOf("t", 0);
        Assert.Equal(("2", "", 2), (Ids(back.Isr), Ids(back.LastKnownElr), back.LeaderEpoch));
    }

    [Fact]
    public void Without_the_feature_the_last_member_stays_in_the_isr()
    {
        var core = TestCluster.Of("3.9.2", change: TestCluster.With(TestCluster.Topic("t", [2])));
        core.Order(2, new NodeOrder.Kill());
        core.PassUntil(() => core.PartitionOf("t", 0).Leader < 0);

        Assert.Equal(("2", ""), (Ids(core.PartitionOf("t", 0).Isr), Ids(core.PartitionOf("t", 0).Elr)));
    }

    private static ClusterCore Cluster(params int[][] replicas) => TestCluster.Of("4.3.1", change: topology => topology with
    {
        Topics = [TestCluster.Topic("t", replicas)],
        Properties = topology.Properties.SetItem("min.insync.replicas", "2"),
    });

    private static string Ids(int[] brokers) => string.Join(',', brokers);
}
