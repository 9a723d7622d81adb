using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox.Tests.Admin;

/// <summary>Scenes of Kafka's <c>ReplicationControlManagerTest</c>, as far as the controller alone plays in them.</summary>
public sealed class ReassignmentTests
{
    [Fact]
    public void A_reassignment_adds_first_and_is_listed()
    {
        var core = With(brokers: 4, [1, 2, 3]);
        Die(core, 4);

        Assert.Equal((ErrorCode.None, null), Alter(core, [4, 2, 1]));

        var now = core.PartitionOf("t", 0);
        Assert.Equal([4, 2, 1, 3], now.Replicas);
        Assert.Equal([4], now.Adding);
        Assert.Equal([3], now.Removing);
        Assert.Equal(1, now.Leader);
        Assert.Equal([1, 2, 3], now.Isr);
        var listed = new CoreClient(core, 2).Ask(new ListPartitionReassignmentsRequest()).Topics;
        var partition = Assert.Single(Assert.Single(listed).Partitions);
        Assert.Equal(("t", 0), (listed[0].Name, partition.PartitionIndex));
        Assert.Equal([4, 2, 1, 3], partition.Replicas);
        Assert.Equal([4], partition.AddingReplicas);
        Assert.Equal([3], partition.RemovingReplicas);
    }

    [Fact]
    public void Another_order_of_the_same_replicas_is_done_at_once_and_keeps_the_leader()
    {
        var core = With(brokers: 3, [1, 2, 3]);

        Alter(core, [3, 1, 2]);

        var now = core.PartitionOf("t", 0);
        Assert.Equal([3, 1, 2], now.Replicas);
        Assert.Equal((1, 0), (now.Leader, now.LeaderEpoch));
        Assert.False(now.IsReassigning);
    }

    [Fact]
    public void Dropping_a_replica_is_done_at_once_and_raises_the_leader_epoch()
    {
        var core = With(brokers: 3, [1, 2, 3]);

        Alter(core, [2, 3]);

        var now = core.PartitionOf("t", 0);
        Assert.Equal([2, 3], now.Replicas);
        Assert.Equal((2, 1, false), (now.Leader, now.LeaderEpoch, now.IsReassigning));
    }

    [Fact]
    public void A_dead_broker_is_taken_as_long_as_it_is_registered()
    {
        var core = With(brokers: 4, [1, 2, 3]);
        Die(core, 4);

        Assert.Equal((ErrorCode.None, null), Alter(core, [4, 2, 3]));
        Assert.Equal([4], core.PartitionOf("t", 0).Adding);
    }

    [Theory]
    [InlineData(new[] { 9, 1 }, ErrorCode.InvalidReplicaAssignment, "The manual partition assignment includes broker 9, but no such broker is registered.")]
    [InlineData(new[] { 1, 1 }, ErrorCode.InvalidReplicaAssignment, "The manual partition assignment includes the broker 1 more than once.")]
    [InlineData(new int[0], ErrorCode.InvalidReplicaAssignment, "The manual partition assignment includes an empty replica list.")]
    public void A_target_that_cannot_be_is_refused(int[] target, ErrorCode code, string words) =>
        Assert.Equal((code, words), Alter(With(brokers: 3, [1, 2, 3]), target));

    [Fact]
    public void What_is_not_there_cannot_be_moved()
    {
        var core = With(brokers: 3, [1, 2, 3]);

        Assert.Equal((ErrorCode.UnknownTopicOrPartition, "Unable to find a topic named nowhere."), Alter(core, [1], topic: "nowhere"));
        Assert.Equal((ErrorCode.UnknownTopicOrPartition, "Unable to find partition t:7."), Alter(core, [1], index: 7));
        Assert.Equal((ErrorCode.NoReassignmentInProgress, null), Alter(core, null));
    }

    [Fact]
    public void Cancelling_puts_the_old_replicas_back()
    {
        var core = With(brokers: 5, [1, 2, 3]);
        Die(core, 4);
        Alter(core, [4, 5, 1]);

        Assert.Equal((ErrorCode.None, null), Alter(core, null));

        var now = core.PartitionOf("t", 0);
        Assert.Equal([1, 2, 3], now.Replicas.Order());
        Assert.Equal((1, false), (now.Leader, now.IsReassigning));
        Assert.Empty(new CoreClient(core, 1).Ask(new ListPartitionReassignmentsRequest()).Topics);
    }

    [Fact]
    public void Cancelling_is_refused_where_only_added_replicas_are_in_sync()
    {
        // Its new replica is in sync alone; broker 1, which is to stay, is dead, so that the move does not end.
        var core = TestCluster.Of("3.9.2", 4, topology => topology with
        {
            Nodes = [.. topology.Nodes.Select(node => node.Id.Value == 1 ? node with { IsRunning = false } : node)],
            Topics =
            [
                new TopicSpec
                {
                    Name = "t", Partitions = [new() { Replicas = [4, 1, 2], Isr = [4], Adding = [4], Removing = [2] }],
                },
            ],
        });

        Assert.Equal(
            (ErrorCode.InvalidReplicaAssignment, "Unable to revert partition assignment for t:0 because it would require an unclean leader election."),
            Alter(core, null));
    }

    [Fact]
    public void Another_target_replaces_the_one_before_it()
    {
        var core = With(brokers: 5, [1, 2, 3]);
        Die(core, 4);
        Die(core, 5);
        Alter(core, [4, 2, 1]);

        Alter(core, [5, 2, 1]);

        var now = core.PartitionOf("t", 0);
        Assert.Equal([5, 2, 1, 3, 4], now.Replicas);
        Assert.Equal([5], now.Adding);
        Assert.Equal([3, 4], now.Removing);
    }

    // As recorded: tests/Metamorph.SideBySide/Recorded/4.3.1/reassignment.txt.
    [Fact]
    public void What_was_being_added_goes_on_being_added_under_another_target()
    {
        var core = With("4.3.1", 4, [3, 1, 2]);
        Die(core, 4);
        Alter(core, [3, 1, 4]);

        Alter(core, [3, 4, 2]);

        var now = core.PartitionOf("t", 0);
        Assert.Equal([3, 4, 2, 1], now.Replicas);
        Assert.Equal([4], now.Adding);
        Assert.Equal([1], now.Removing);
        Alter(core, null);
        Assert.Equal([3, 2, 1], core.PartitionOf("t", 0).Replicas);
    }

    [Fact]
    public void The_number_of_replicas_is_guarded_where_that_is_asked_for()
    {
        var core = With("4.1.0", 5, [1, 2, 3]);
        Die(core, 4);

        Assert.Equal(
            (ErrorCode.InvalidReplicationFactor, "The replication factor is changed from 3 to 2"), Alter(core, [4, 1], isGuarded: true));
        Assert.Equal((ErrorCode.None, null), Alter(core, [4, 1, 2], isGuarded: true));
        Assert.Equal((ErrorCode.None, null), Alter(core, [4, 5, 1], isGuarded: true));
    }

    /// <summary>A broker that is registered, and dead: what moves to it never arrives.</summary>
    private static void Die(ClusterCore core, int broker)
    {
        core.Order(broker, new NodeOrder.Kill());
        core.PassUntil(() => core.World.Metadata.Brokers.Now[broker].IsFenced);
    }

    private static ClusterCore With(int brokers, int[] replicas) => With("3.9.2", brokers, replicas);

    private static ClusterCore With(string release, int brokers, int[] replicas) =>
        TestCluster.Of(release, brokers, TestCluster.With(TestCluster.Topic("t", replicas)));

    private static (ErrorCode Code, string? Words) Alter(
        ClusterCore core, int[]? target, string topic = "t", int index = 0, bool isGuarded = false)
    {
        var response = new CoreClient(core, 3).Ask(
            new AlterPartitionReassignmentsRequest
            {
                AllowReplicationFactorChange = !isGuarded,
                Topics = [new() { Name = topic, Partitions = [new() { PartitionIndex = index, Replicas = target }] }],
            },
            version: isGuarded ? (short)1 : (short)0);
        Assert.Equal(ErrorCode.None, response.ErrorCode);
        var partition = response.Responses[0].Partitions[0];
        return (partition.ErrorCode, partition.ErrorMessage);
    }
}
