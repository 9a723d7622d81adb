using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox.Tests.Admin;

public sealed class ElectionTests
{
    private const sbyte Preferred = 0;
    private const sbyte Unclean = 1;

    [Fact]
    public void Leadership_goes_back_to_the_preferred_leader_and_is_not_needed_twice()
    {
        var core = TestCluster.Of("3.9.2", change: TestCluster.With(
            new TopicSpec { Name = "t", Partitions = [new() { Replicas = [1, 2, 3], Leader = 2 }, new() { Replicas = [2, 3, 1] }] }));

        Assert.Equal(
            [("t", 0, ErrorCode.None, null), ("t", 1, ErrorCode.ElectionNotNeeded, "Leader election not needed for topic partition.")],
            Elect(core, Preferred, ("t", [0, 1])));
        Assert.Equal((1, 1), (core.PartitionOf("t", 0).Leader, core.PartitionOf("t", 0).LeaderEpoch));
    }

    // As recorded of 3.9.2: what is in order is not spoken of when all are meant.
    [Fact]
    public void When_all_are_meant_only_what_was_done_or_could_not_be_done_is_told()
    {
        var core = TestCluster.Of("3.9.2", change: TestCluster.With(
            new TopicSpec { Name = "t", Partitions = [new() { Replicas = [1, 2, 3], Leader = 2 }, new() { Replicas = [2, 3, 1] }] }));

        Assert.Equal([("t", 0, ErrorCode.None, null)], Elect(core, Preferred));
        Assert.Empty(Elect(core, Preferred));
    }

    [Fact]
    public void A_preferred_leader_that_is_away_cannot_lead_and_nobody_else_is_unclean()
    {
        var core = TestCluster.Of("3.9.2", change: TestCluster.With(TestCluster.Topic("t", [2, 3, 1]), TestCluster.Topic("single", [2])));
        core.Order(2, new NodeOrder.Kill());
        core.PassUntil(() => core.World.Metadata.Brokers.Now[2].IsFenced);

        Assert.Equal(
            [
                ("single", 0, ErrorCode.PreferredLeaderNotAvailable, "The preferred leader was not available."),
                ("t", 0, ErrorCode.PreferredLeaderNotAvailable, "The preferred leader was not available."),
            ],
            Elect(core, Preferred, ("single", [0]), ("t", [0])));
        Assert.Equal(
            [
                ("single", 0, ErrorCode.EligibleLeadersNotAvailable, "Eligible topic partition leaders are not available."),
                ("t", 0, ErrorCode.ElectionNotNeeded, "Leader election not needed for topic partition."),
            ],
            Elect(core, Unclean, ("single", [0]), ("t", [0])));
    }

    [Fact]
    public void An_unclean_election_takes_whoever_lives()
    {
        var core = TestCluster.Of("3.9.2", change: TestCluster.With(
            new TopicSpec { Name = "t", Partitions = [new() { Replicas = [2, 3], Isr = [2] }] }));
        core.Order(2, new NodeOrder.Kill());
        core.PassUntil(() => core.World.Metadata.Brokers.Now[2].IsFenced);
        Assert.Equal(-1, core.PartitionOf("t", 0).Leader);

        Assert.Equal([("t", 0, ErrorCode.None, null)], Elect(core, Unclean, ("t", [0])));

        Assert.Equal(3, core.PartitionOf("t", 0).Leader);
        Assert.Equal([3], core.PartitionOf("t", 0).Isr);
    }

    [Fact]
    public void What_is_not_there_is_told()
    {
        var core = TestCluster.Of("3.9.2", change: TestCluster.With(TestCluster.Topic("t", [1])));

        Assert.Equal(
            [
                ("t", 9, ErrorCode.UnknownTopicOrPartition, "No such partition as t-9"),
                ("nowhere", 0, ErrorCode.UnknownTopicOrPartition, "No such topic as nowhere"),
            ],
            Elect(core, Preferred, ("t", [9]), ("nowhere", [0])));
    }

    private static (string Topic, int Partition, ErrorCode Code, string? Words)[] Elect(
        ClusterCore core, sbyte type, params (string Topic, int[] Partitions)[] which)
    {
        var response = new CoreClient(core, 1).Ask(new ElectLeadersRequest
        {
            ElectionType = type,
            TopicPartitions = which.Length == 0
                ? null
                : [.. which.Select(each => new ElectLeadersRequest.ElectionTopic { Topic = each.Topic, Partitions = each.Partitions })],
        });
        Assert.Equal(ErrorCode.None, response.ErrorCode);
        return
        [
            .. response.ReplicaElectionResults.SelectMany(topic => topic.PartitionResult.Select(
                partition => (topic.Topic, partition.PartitionId, partition.ErrorCode, partition.ErrorMessage))),
        ];
    }
}
