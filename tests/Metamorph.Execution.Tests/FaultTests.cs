using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Releases;
using static Metamorph.Tests.Clusters;

namespace Metamorph.Execution.Tests;

/// <summary>Rolls in which the world does not do as it should.</summary>
public sealed class FaultTests
{
    [Fact]
    public void A_broker_that_may_never_stop_is_named_after_every_other_broker_was_rolled()
    {
        var story = Dedicated();
        story.Cluster.WithTopic("pinned", 1, [2]);

        var ended = story.RunToEnd();

        Assert.Equal(RunEnding.Blocked, ended.Ending);
        Assert.Contains("node 2", ended.Text, StringComparison.Ordinal);
        Assert.Contains("pinned-0", ended.Text, StringComparison.Ordinal);
        Assert.Equal([4, 5, 3, 0, 1, 6], story.Cluster.Stops);
        story.Cluster.Partitions.RemoveAll(partition => partition.Id.Topic == "pinned");
        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal(2, story.Cluster.Stops[^1]);
    }

    [Fact]
    public void While_a_controller_may_not_stop_no_broker_is_restarted()
    {
        var story = Dedicated();
        story.Cluster.LetVoterLag(5);
        story.Wait(TimeSpan.FromSeconds(3)); // Within the fetch timeout nobody can tell that it has stopped following.

        Assert.Equal(RunEnding.Blocked, story.Run());
        Assert.DoesNotContain(story.Cluster.Stops, stopped => !story.Cluster[stopped].IsController);
    }

    [Fact]
    public void While_nobody_answers_nothing_is_restarted_and_the_journal_says_why()
    {
        var story = Combined();
        story.Cluster.IsUnreachable = true;

        Assert.Equal(RunEnding.Unreachable, story.Run());
        Assert.Empty(story.Cluster.Stops);
        Assert.Equal([new Objection.NotKnown("the cluster", "no broker answered")], Assert.Single(story.Of<UpgradeEvent.StepWaiting>()).Objections);
        story.Cluster.IsUnreachable = false;
        Assert.Equal(RunEnding.Done, story.Run());
    }

    [Fact]
    public void A_cluster_that_is_unreachable_for_a_while_is_waited_for()
    {
        var story = Combined();
        story.When<UpgradeEvent.NodeStarted>(started => started.Node.Value == 2, () => Away(story, TimeSpan.FromMinutes(10)));
        story.When<UpgradeEvent.StepSucceeded>(done => done.Step.Value == "restart-3", () => Away(story, TimeSpan.FromMinutes(10)));

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal([2, 3, 1], story.Cluster.Stops);
    }

    [Fact]
    public void A_machine_that_is_unreachable_for_a_while_is_waited_for()
    {
        var story = Combined();
        story.When<UpgradeEvent.NodeStopped>(stopped => stopped.Node.Value == 2, () =>
        {
            story.Cluster.UnreachableMachines.Add(2);
            story.Cluster.Time.In(TimeSpan.FromMinutes(10), () => story.Cluster.UnreachableMachines.Clear());
        });

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal([2, 3, 1], story.Cluster.Stops);
    }

    [Fact]
    public void A_log_that_cannot_be_read_does_not_keep_a_node_down()
    {
        var story = Combined();
        story.When<UpgradeEvent.NodeStopping>(_ => true, () => story.Cluster.UnreadableLogs.UnionWith([1, 2, 3]));

        Assert.Equal(RunEnding.Done, story.Run());
    }

    [Fact]
    public void A_plan_does_not_run_on_another_cluster()
    {
        var planned = Combined();
        var story = planned.WithPlan(planned.Plan with { ClusterId = "another" });

        Assert.Equal(RunEnding.Refused, story.Run());
        Assert.Empty(story.Cluster.Stops);
    }

    [Fact]
    public void A_node_that_runs_but_recovers_its_logs_is_left_alone()
    {
        var story = Combined();
        story.Cluster.Recovering.Add(2);
        story.Cluster.Time.In(TimeSpan.FromMinutes(20), () => story.Cluster.Recovering.Clear());

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal([2, 3, 1], story.Cluster.Stops);
    }

    [Fact]
    public void A_node_that_recovers_longer_than_the_patience_is_found_recovering_at_the_next_start_and_left_alone()
    {
        var story = Combined();
        story.Cluster.Recovering.Add(2);

        Assert.Equal(RunEnding.Blocked, story.Run());
        var pid = story.Cluster[2].Pid;
        story.Cluster.Time.In(TimeSpan.FromMinutes(5), () => story.Cluster.Recovering.Clear());

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal(pid, story.Cluster[2].Pid);
    }

    [Fact]
    public void Another_broker_that_dies_holds_the_roll_until_it_is_back()
    {
        var story = Dedicated();
        story.When<UpgradeEvent.StepSucceeded>(done => done.Step.Value == "restart-0", () =>
        {
            story.Cluster.Kill(0);
            story.Cluster.Time.In(TimeSpan.FromMinutes(10), () => story.Cluster.Start(story.Cluster[0], V431));
        });

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Contains(story.Of<UpgradeEvent.StepWaiting>(), wait => wait.Objections.Contains(new Objection.NodeDown(new(0))));
    }

    [Fact]
    public void A_broker_that_dies_before_its_turn_holds_everything_back_until_its_operator_has_it_back()
    {
        var story = Dedicated();
        story.When<UpgradeEvent.StepSucceeded>(done => done.Step.Value == "restart-0", () =>
        {
            story.Cluster.Kill(6);
            story.Cluster.Time.In(TimeSpan.FromMinutes(5), () => story.Cluster.Start(story.Cluster[6], V392));
        });

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal([4, 5, 3, 0, 1, 2, 6], story.Cluster.Stops);
        Assert.Contains(story.Of<UpgradeEvent.StepWaiting>(), wait => wait.Objections.Contains(new Objection.NodeDown(new(6))));
        Assert.True(story.Cluster.Time.Now - Noon > TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void A_broker_that_dies_between_its_judgement_and_its_stop_is_left_to_its_operator()
    {
        var story = Combined();
        story.When<UpgradeEvent.StepStarted>(started => started.Step.Value == "restart-2", () =>
        {
            story.Cluster.Kill(2);
            story.Cluster.Time.In(TimeSpan.FromMinutes(5), () => story.Cluster.Start(story.Cluster[2], V392));
        });

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.True(story.Cluster.Time.Now - Noon > TimeSpan.FromMinutes(5));
        Assert.Contains(story.Of<UpgradeEvent.StepHalted>(), halted => halted.Reason.Contains("by itself", StringComparison.Ordinal));
        Assert.Equal([2, 3, 1], story.Cluster.Stops);
    }

    [Fact]
    public void A_node_that_was_restarted_once_and_dies_before_its_second_restart_is_its_operators_too()
    {
        var story = new Story(new SimulatedCluster(V381, combined: [1, 2, 3]), V412);
        story.When<UpgradeEvent.StepSucceeded>(done => done.Step.Value == "restart-1", () =>
        {
            story.Cluster.Kill(2);
            story.Cluster.Time.In(TimeSpan.FromMinutes(5), () => story.Cluster.Start(story.Cluster[2], V412));
        });

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.True(story.Cluster.Time.Now - Noon > TimeSpan.FromMinutes(5));
        Assert.Contains(story.Of<UpgradeEvent.StepWaiting>(), wait => wait.Objections.Contains(new Objection.NodeDown(new(2))));
        Assert.Equal(story.Of<UpgradeEvent.NodeStopping>().Count(), story.Of<UpgradeEvent.NodeStarting>().Count());
    }

    [Fact]
    public void A_node_that_was_down_when_the_plan_was_made_is_started_on_the_target()
    {
        var combined = Combined();
        combined.Cluster.Kill(2);
        var story = combined.WithPlan(combined.Plan with { DownAtStart = [new(2)] });

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal([3, 1], story.Cluster.Stops);
        Assert.Equal(V431, story.Cluster[2].Running);
    }

    [Fact]
    public void A_partition_that_somebody_pushes_under_min_isr_holds_its_brokers_until_it_is_healed()
    {
        var story = Combined();
        story.When<UpgradeEvent.StepSucceeded>(done => done.Step.Value == "restart-2", () =>
        {
            story.Cluster.HoldBack("orders", 0, 2, 3);
            story.Cluster.Time.In(TimeSpan.FromMinutes(15), story.Cluster.Heal);
        });

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Contains(story.Of<UpgradeEvent.StepWaiting>(), wait => wait.Objections.OfType<Objection.Starved>().Any());
    }

    [Fact]
    public void A_reassignment_that_appears_midway_holds_the_next_node()
    {
        var story = Combined();
        story.When<UpgradeEvent.StepSucceeded>(done => done.Step.Value == "restart-2", () =>
        {
            story.Cluster.Reassignments.Add(new(new("orders", 0), new NodeList([4]), new NodeList([1])));
            story.Cluster.Time.In(TimeSpan.FromMinutes(15), story.Cluster.Reassignments.Clear);
        });

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Contains(story.Of<UpgradeEvent.StepWaiting>(), wait => wait.Objections.OfType<Objection.ForeignReassignment>().Any());
    }

    [Fact]
    public void A_group_that_falls_behind_holds_the_next_node_until_it_catches_up()
    {
        var cluster = new SimulatedCluster(V392, combined: [1, 2, 3]);
        cluster.Groups.Add(Group(0));
        var story = new Story(cluster, V431);
        story.When<UpgradeEvent.StepSucceeded>(done => done.Step.Value == "restart-2", () =>
        {
            cluster.Groups[0] = Group(50_000);
            cluster.Time.In(TimeSpan.FromMinutes(15), () => cluster.Groups[0] = Group(10_000));
        });

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Contains(story.Of<UpgradeEvent.StepWaiting>(), wait => wait.Objections.OfType<Objection.GroupLagging>().Any());
        Assert.True(cluster.Time.Now - Noon > TimeSpan.FromMinutes(15));
    }

    [Fact]
    public void A_start_that_fails_ends_the_run_with_the_node_down_and_the_next_start_brings_it_up()
    {
        var story = Combined();
        story.Cluster.FailingStarts.Add(2);

        var ended = story.RunToEnd();

        Assert.Equal(RunEnding.Blocked, ended.Ending);
        Assert.Contains("4.3.1 did not start on node 2", ended.Text, StringComparison.Ordinal);
        Assert.Equal([2], story.Cluster.Stops);
        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal([2, 3, 1], story.Cluster.Stops);
    }

    [Fact]
    public void A_node_whose_target_is_not_there_any_more_is_not_stopped()
    {
        var story = Combined();
        story.Cluster.WithoutTarget.Add(2);

        var ended = story.RunToEnd();

        Assert.Equal(RunEnding.Refused, ended.Ending);
        Assert.StartsWith("node 2 was not stopped, 4.3.1 could not be started on it", ended.Text, StringComparison.Ordinal);
        Assert.Empty(story.Cluster.Stops);
        story.Cluster.WithoutTarget.Clear();
        Assert.Equal(RunEnding.Done, story.Run());
    }

    [Fact]
    public void A_process_that_ends_by_itself_after_its_start_ends_the_run_with_its_last_words()
    {
        var story = Combined();
        story.Cluster.DyingStarts.Add(2);

        var ended = story.RunToEnd();

        Assert.Equal(RunEnding.Blocked, ended.Ending);
        Assert.Contains("fatal exception", ended.Text, StringComparison.Ordinal);
        story.Cluster.DyingStarts.Clear();
        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal([2, 3, 1], story.Cluster.Stops);
    }

    [Fact]
    public void A_stop_that_hangs_is_not_repeated_and_never_becomes_a_kill()
    {
        var story = Combined();
        story.Cluster.HangingStops.Add(2);

        var ended = story.RunToEnd();

        Assert.Equal(RunEnding.Blocked, ended.Ending);
        Assert.Contains("not killed", ended.Text, StringComparison.Ordinal);
        story.Cluster.Time.In(TimeSpan.FromMinutes(5), () => story.Cluster.Kill(2));
        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal([2, 3, 1], story.Cluster.Stops);
    }

    [Fact]
    public void An_election_that_gets_lost_is_asked_for_again()
    {
        var story = Combined();
        story.Cluster.LostElections = 2;

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal(5, story.Of<UpgradeEvent.LeadershipReturning>().Count());
    }

    [Fact]
    public void When_Kafka_refuses_metadata_version_the_binaries_stay_upgraded_and_the_level_is_told()
    {
        var story = Combined();
        story.Cluster.MetadataVersionRefusal = "a controller does not support it";

        var ended = story.RunToEnd();

        Assert.Equal(RunEnding.Refused, ended.Ending);
        Assert.Contains("the finalisation is pending", ended.Text, StringComparison.Ordinal);
        Assert.Contains("metadata.version is 21", ended.Text, StringComparison.Ordinal);
        Assert.All(story.Cluster.UpdateRequests, request => Assert.StartsWith("ask", request, StringComparison.Ordinal));
        story.Cluster.MetadataVersionRefusal = null;
        Assert.Equal(RunEnding.Done, story.Run());
    }

    [Fact]
    public void A_ghost_broker_is_unregistered_and_then_the_features_are_raised()
    {
        var story = new Story(new SimulatedCluster(V392, combined: [1, 2, 3]).WithGhost(9, V392), V431);

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Single(story.Of<UpgradeEvent.GhostUnregistering>());
        Assert.Equal(30, story.Cluster.Levels[KafkaFeatures.MetadataVersion]);
    }

    [Fact]
    public void A_ghost_that_holds_a_replica_by_then_is_not_unregistered()
    {
        var story = new Story(new SimulatedCluster(V392, combined: [1, 2, 3]).WithGhost(9, V392), V431, FinalizePolicy.Ask);
        story.When<UpgradeEvent.StepWaiting>(wait => wait.Gate == GateNames.Approval, () =>
        {
            story.Cluster.WithTopic("late", 1, [1, 9]);
            story.Journal.Post(OperatorRequest.Approve, "olga");
        });

        Assert.Equal(RunEnding.Refused, story.Run());
        Assert.Empty(story.Of<UpgradeEvent.GhostUnregistering>());
    }

    [Fact]
    public void A_ghost_controller_stops_the_finalisation_with_what_to_do()
    {
        var story = new Story(new SimulatedCluster(V392, combined: [1, 2, 3]).WithGhost(9, V392, isBroker: false), V431);

        var ended = story.RunToEnd();

        Assert.Equal(RunEnding.Refused, ended.Ending);
        Assert.Contains("Start it once more on the target release", ended.Text, StringComparison.Ordinal);
        Assert.Equal(21, story.Cluster.Levels[KafkaFeatures.MetadataVersion]);
    }

    [Fact]
    public void A_node_that_somebody_else_put_on_another_release_is_refused()
    {
        var story = Combined();
        story.When<UpgradeEvent.StepSucceeded>(done => done.Step.Value == "restart-2", () => story.Cluster[3].Running = new KafkaRelease(4, 0, 2));

        var ended = story.RunToEnd();

        Assert.Equal(RunEnding.Refused, ended.Ending);
        Assert.Equal([2], story.Cluster.Stops);
    }

    [Fact]
    public void A_node_that_was_down_when_judged_and_runs_when_it_is_its_turn_is_judged_again_before_it_is_stopped()
    {
        var combined = Combined();
        var story = combined.WithPlan(combined.Plan with { DownAtStart = [new(2)] });
        story.Cluster.HoldBack("orders", 0, 1);
        story.Cluster.Kill(2);
        story.When<UpgradeEvent.StepStarted>(started => started.Step.Value == "restart-2", () => story.Cluster.Start(story.Cluster[2], V392));
        story.Cluster.Time.In(TimeSpan.FromMinutes(5), story.Cluster.Heal);

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal("a second look keeps node 2 from being stopped", Assert.Single(story.Of<UpgradeEvent.StepHalted>()).Reason);
        Assert.True(story.Cluster.Time.Now - Noon > TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void A_process_that_was_not_there_when_the_node_was_judged_is_judged_before_it_is_stopped()
    {
        var combined = Combined();
        var story = combined.WithPlan(combined.Plan with { DownAtStart = [new(2)] });
        story.Cluster.Kill(2);
        story.Cluster.StartTakes = story.Cluster.CatchUpTakes = TimeSpan.Zero;
        story.When<UpgradeEvent.StepStarted>(started => started.Step.Value == "restart-2", () => story.Cluster.Start(story.Cluster[2], V392));

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal(
            "node 2 is not as it was when it was judged: process 1004 runs 3.9.2", Assert.Single(story.Of<UpgradeEvent.StepHalted>()).Reason);
        Assert.Equal([2, 3, 1], story.Cluster.Stops);
    }

    [Theory]
    [InlineData(0.02, 0.02, 1)]
    [InlineData(2, 2, 1)]
    [InlineData(2.1, 0.02, 2)]
    [InlineData(2.1, 4.2, 2)]
    [InlineData(2.1, 4.3, 3)]
    public void A_look_before_a_stop_that_takes_long_is_followed_by_another_until_looks_are_no_slower_than_they_were(
        double first, double then, int looks)
    {
        var story = Combined();
        var (asked, before) = (0, 0);
        story.When<UpgradeEvent.StepStarted>(started => started.Step.Value == "restart-2", () =>
        {
            before = story.Cluster.Looks;
            story.Cluster.LookTakes = TimeSpan.FromSeconds(first);
            story.Cluster.Time.In(TimeSpan.FromSeconds(first / 2), () => story.Cluster.LookTakes = TimeSpan.FromSeconds(then));
        });
        story.When<UpgradeEvent.NodeStopping>(stopping => stopping.Node.Value == 2, () =>
        {
            asked = story.Cluster.Looks - before;
            story.Cluster.LookTakes = TimeSpan.FromMilliseconds(20);
        });

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal(looks, asked);
    }

    [Fact]
    public void A_gate_that_never_opens_ends_the_run_after_the_patience_with_its_objections_in_the_journal()
    {
        var story = Combined();
        story.Cluster.HoldBack("orders", 0, 2, 3);

        Assert.Equal(RunEnding.Blocked, story.Run());
        Assert.InRange(story.Cluster.Time.Now - Noon, story.Options.Patience, story.Options.Patience + TimeSpan.FromSeconds(30));
        Assert.Contains(new Objection.Starved(new("orders", 0), 1, 2), story.Of<UpgradeEvent.StepWaiting>().Last().Objections);
    }

    [Fact]
    public void Patience_starts_anew_with_every_objection_that_goes_away()
    {
        var story = Combined();
        story.Cluster.HoldBack("orders", 0, 2, 3);
        story.Cluster.HoldBack("orders", 1, 2, 3);
        story.Cluster.Time.In(TimeSpan.FromMinutes(29), () => story.Cluster.Heal(story.Cluster.Partitions[1]));
        story.Cluster.Time.In(TimeSpan.FromMinutes(58), story.Cluster.Heal);

        Assert.Equal(RunEnding.Done, story.Run());
    }

    [Fact]
    public void What_comes_and_goes_beside_an_objection_that_stays_is_no_progress()
    {
        var story = Combined();
        story.Cluster.HoldBack("orders", 0, 2, 3);
        for (var minute = 1; minute <= 40; minute++)
        {
            story.Cluster.Time.In(TimeSpan.FromMinutes(minute), () => story.Cluster.UnreachableMachines.Add(3));
            story.Cluster.Time.In(TimeSpan.FromMinutes(minute + 0.5), story.Cluster.UnreachableMachines.Clear);
        }

        Assert.Equal(RunEnding.Blocked, story.Run());
        Assert.True(story.Cluster.Time.Now - Noon < TimeSpan.FromMinutes(31), $"{story.Cluster.Time.Now - Noon}");
    }

    [Fact]
    public void What_goes_away_of_what_came_in_anothers_place_is_progress()
    {
        var story = Combined();
        story.Cluster.UnreachableMachines.Add(3);
        story.Cluster.Time.In(TimeSpan.FromMinutes(25), () =>
        {
            story.Cluster.UnreachableMachines.Clear();
            story.Cluster.HoldBack("orders", 0, 2, 3);
            story.Cluster.HoldBack("orders", 1, 2, 3);
        });
        story.Cluster.Time.In(TimeSpan.FromMinutes(28), () => story.Cluster.Heal(story.Cluster.Partitions[1]));
        story.Cluster.Time.In(TimeSpan.FromMinutes(55), story.Cluster.Heal);

        Assert.Equal(RunEnding.Done, story.Run());
    }

    [Fact]
    public void A_fault_of_ours_ends_the_run_as_failed_and_leaves_no_step_running()
    {
        var story = Combined();
        story.Journal.BeforeAppend = happened =>
        {
            if (happened is UpgradeEvent.NodeServing)
            {
                throw new InvalidOperationException("a bug");
            }
        };

        var ended = story.RunToEnd();

        Assert.Equal(RunEnding.Failed, ended.Ending);
        Assert.IsType<StepStatus.Halted>(story.State.StatusOf(new("restart-2")));
    }

    [Fact]
    public void An_error_of_a_disk_that_is_not_the_journals_still_has_its_ending_in_the_journal()
    {
        var story = Combined();
        story.When<UpgradeEvent.NodeStarted>(_ => true, () => story.Cluster.AreDisksBroken = true);

        Assert.Equal(RunEnding.Failed, story.Run());
        story.Cluster.AreDisksBroken = false;
        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal([2, 3, 1], story.Cluster.Stops);
    }

    [Fact]
    public void A_gate_that_opens_within_the_turn_keeps_the_order_of_the_plan()
    {
        var story = Dedicated();
        story.Cluster.WithTopic("pinned", 1, [0]);
        story.When<UpgradeEvent.StepSucceeded>(done => done.Step.Value == "restart-3", () =>
            story.Cluster.Time.In(TimeSpan.FromSeconds(50), () => story.Cluster.Partitions.RemoveAll(partition => partition.Id.Topic == "pinned")));

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal([4, 5, 3, 0, 1, 2, 6], story.Cluster.Stops);
    }

    [Fact]
    public void The_active_controller_is_not_taken_before_a_controller_that_may_not_stop()
    {
        var story = new Story(
            new SimulatedCluster(V392, combined: [1, 2, 3], leader: 3).WithTopic("orders", 2, [1, 2, 3]).WithTopic("pinned", 1, [2]), V431);

        Assert.Equal(RunEnding.Blocked, story.Run());
        Assert.Equal([1], story.Cluster.Stops);
    }

    private static void Away(Story story, TimeSpan time)
    {
        story.Cluster.IsUnreachable = true;
        story.Cluster.Time.In(time, () => story.Cluster.IsUnreachable = false);
    }

    private static ConsumerGroup Group(long lag) => new() { Id = "billing", State = "Stable", Members = 1, Lag = Observed<long>.Of(lag) };

    private static Story Dedicated() => new(
        new SimulatedCluster(V392, brokers: [0, 1, 2, 6], controllers: [3, 4, 5]).WithTopic("orders", 2, [0, 1, 6], [1, 6, 0]), V431);

    private static Story Combined() => new(
        new SimulatedCluster(V392, combined: [1, 2, 3]).WithTopic("orders", 2, [1, 2, 3], [2, 3, 1], [3, 1, 2]), V431);
}
