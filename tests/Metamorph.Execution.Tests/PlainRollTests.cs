using Metamorph.Model;
using Metamorph.Releases;
using static Metamorph.Tests.Clusters;

namespace Metamorph.Execution.Tests;

/// <summary>A roll in which nothing goes wrong. Each story's invariants are checked by the simulated cluster itself.</summary>
public sealed class PlainRollTests
{
    [Fact]
    public void Three_combined_nodes_are_rolled_one_by_one_the_active_controller_last_and_finalized()
    {
        var story = Combined(V392, V431);

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal([2, 3, 1], story.Cluster.Stops);
        Assert.All(story.Cluster.Nodes, node => Assert.Equal(V431, node.Running));
        Assert.Equal(ReleaseCatalog.FeaturesFinalizedByDefault(V431.Line).Value, story.Cluster.Levels);
        Assert.All(story.Cluster.Partitions, partition => Assert.Equal(partition.Replicas[0], partition.Leader));
    }

    [Fact]
    public void Finalizing_restarts_nothing()
    {
        var story = Combined(V392, V431);
        var lives = new List<int>();
        story.When<UpgradeEvent.FeatureFinalizing>(_ => true, () => lives.AddRange(story.Cluster.Nodes.Select(node => node.Pid)));

        story.Run();

        Assert.Equal(lives, story.Cluster.Nodes.Select(node => node.Pid));
    }

    [Fact]
    public void Controllers_come_before_brokers()
    {
        var story = new Story(new SimulatedCluster(V392, brokers: [0, 1, 2], controllers: [3, 4, 5]).WithTopic("orders", 2, [0, 1, 2], [1, 2, 0]), V431);

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal([4, 5, 3, 0, 1, 2], story.Cluster.Stops);
    }

    [Fact]
    public void When_quorum_leadership_moves_by_itself_the_new_leader_comes_last_and_nothing_is_rolled_again()
    {
        var story = new Story(new SimulatedCluster(V392, brokers: [0, 1, 2], controllers: [3, 4, 5]), V431);
        story.When<UpgradeEvent.StepSucceeded>(done => done.Step.Value == "restart-4", () => story.Cluster.MoveQuorumLeader(5));

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal([4, 3, 5, 0, 1, 2], story.Cluster.Stops);
    }

    [Fact]
    public void After_a_crash_of_an_earlier_roll_only_the_old_node_restarts()
    {
        var cluster = new SimulatedCluster(V431, combined: [1, 2, 3]).WithTopic("orders", 2, [1, 2, 3]);
        (cluster[1].Running, cluster[1].Installed) = (V392, V392);
        var story = new Story(cluster, V431);

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal([1], cluster.Stops);
    }

    [Fact]
    public void An_empty_plan_is_done_at_once()
    {
        var story = new Story(new SimulatedCluster(V431, combined: [1, 2, 3]), V431);

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Empty(story.Cluster.Stops);
    }

    [Fact]
    public void Combined_nodes_that_registered_with_an_old_controller_restart_once_more_and_only_these()
    {
        var story = Combined(V381, V412);

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal([2, 3, 1], story.Cluster.Stops.Take(3));
        Assert.Equal([2, 3], story.Cluster.Stops.Skip(3).Order());
        Assert.Equal(1, story.Cluster.Levels[KafkaFeatures.GroupVersion]);
    }

    [Fact]
    public void With_dedicated_controllers_nobody_restarts_twice()
    {
        var story = new Story(new SimulatedCluster(V381, brokers: [0, 1, 2], controllers: [3, 4, 5]), V412);

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal(6, story.Cluster.Stops.Count);
    }

    [Fact]
    public void Nodes_that_an_earlier_run_rolled_under_an_old_controller_restart_once_more_too()
    {
        var story = HalfRolled();

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal(1, story.Cluster.Levels[KafkaFeatures.GroupVersion]);
    }

    [Fact]
    public void A_broker_that_only_just_registered_is_waited_for_before_features_are_raised()
    {
        var cluster = new SimulatedCluster(V392, combined: [1, 2, 3]) { RegistrationLag = TimeSpan.FromSeconds(20) };
        var story = new Story(cluster, V431);

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Contains(story.Of<UpgradeEvent.StepWaiting>(), wait => wait.Objections.Any(objection => objection is Objection.KafkaRefused));
    }

    [Fact]
    public void Each_feature_is_asked_for_before_it_is_raised()
    {
        var story = Combined(V392, V431);

        story.Run();

        var requests = story.Cluster.UpdateRequests;
        Assert.All(requests.Index().Where(request => request.Item.StartsWith("raise", StringComparison.Ordinal)), request =>
            Assert.StartsWith("ask", requests[request.Index - 1], StringComparison.Ordinal));
    }

    [Fact]
    public void A_single_node_is_rolled_though_nobody_answers_meanwhile()
    {
        var story = new Story(new SimulatedCluster(V392, combined: [1]).WithTopic("orders", 1, [1]), V431, FinalizePolicy.Now, "orders");

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal([1], story.Cluster.Stops);
    }

    [Fact]
    public void What_Metamorph_adds_to_a_node_stays_below_three_seconds()
    {
        var story = Combined(V392, V431);

        story.Run();

        Assert.All(story.State.Nodes.Values, times => Assert.InRange(times.Wait, TimeSpan.Zero, TimeSpan.FromSeconds(3)));
        Assert.All(story.State.Nodes.Values, times => Assert.InRange(times.Stop, TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(3)));
    }

    private static Story HalfRolled()
    {
        var cluster = new SimulatedCluster(V381, combined: [1, 2, 3]).WithTopic("orders", 2, [1, 2, 3]);
        var before = new Story(cluster, V412);
        before.When<UpgradeEvent.StepSucceeded>(done => done.Step.Value == "restart-2", () => before.Journal.Post(OperatorRequest.Abort, "olga"));
        Assert.Equal(RunEnding.Aborted, before.Run());
        return new Story(cluster, V412);
    }

    private static Story Combined(KafkaRelease from, KafkaRelease to) => new(
        new SimulatedCluster(from, combined: [1, 2, 3]).WithTopic("orders", 2, [1, 2, 3], [2, 3, 1], [3, 1, 2]), to);
}
