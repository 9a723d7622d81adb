using Metamorph.Model;
using Metamorph.Releases;
using static Metamorph.Tests.Clusters;

namespace Metamorph.Execution.Tests;

/// <summary>What an operator asks of a run.</summary>
public sealed class OperatorTests
{
    [Fact]
    public void A_pause_finishes_the_step_in_hand_and_holds_the_next_until_resumed()
    {
        var story = Combined();
        story.When<UpgradeEvent.NodeStopping>(_ => true, () => story.Journal.Post(OperatorRequest.Pause, "olga"));
        story.When<UpgradeEvent.RequestTaken>(taken => taken.Request == OperatorRequest.Pause, () =>
            story.Cluster.Time.In(TimeSpan.FromHours(8), () => story.Journal.Post(OperatorRequest.Resume, "olga")));

        Assert.Equal(RunEnding.Done, story.Run());
        var taken = story.Journal.Entries.Single(entry => entry.Event is UpgradeEvent.RequestTaken { Request: OperatorRequest.Pause });
        Assert.IsType<UpgradeEvent.StepSucceeded>(story.Journal.Entries[(int)taken.Sequence - 2].Event);
        Assert.All(story.State.Nodes.Values, times => Assert.InRange(times.Wait, TimeSpan.Zero, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void A_long_pause_does_not_use_up_the_patience_with_a_gate()
    {
        var story = Combined();
        story.Cluster.HoldBack("orders", 0, 2, 3);
        story.When<UpgradeEvent.StepWaiting>(_ => true, () => story.Journal.Post(OperatorRequest.Pause, "olga"));
        story.When<UpgradeEvent.RequestTaken>(_ => true, () =>
        {
            story.Cluster.Time.In(TimeSpan.FromHours(8), () => story.Journal.Post(OperatorRequest.Resume, "olga"));
            story.Cluster.Time.In(TimeSpan.FromHours(8) + TimeSpan.FromMinutes(10), story.Cluster.Heal);
        });

        Assert.Equal(RunEnding.Done, story.Run());
    }

    [Fact]
    public void An_abort_finishes_the_step_in_hand_and_ends_the_run_for_good()
    {
        var story = Combined();
        story.When<UpgradeEvent.NodeStopping>(_ => true, () => story.Journal.Post(OperatorRequest.Abort, "olga"));

        Assert.Equal(RunEnding.Aborted, story.Run());
        Assert.Equal([2], story.Cluster.Stops);
        Assert.Equal(V431, story.Cluster[2].Running);
        Assert.Equal(RunEnding.Aborted, story.Run());
        Assert.Equal([2], story.Cluster.Stops);
    }

    [Fact]
    public void An_abort_ends_a_pause_too()
    {
        var story = Combined();
        story.Journal.Post(OperatorRequest.Pause, "olga");
        story.Cluster.Time.In(TimeSpan.FromHours(1), () => story.Journal.Post(OperatorRequest.Abort, "olga"));

        Assert.Equal(RunEnding.Aborted, story.Run());
        Assert.Empty(story.Cluster.Stops);
    }

    [Fact]
    public void Nothing_is_finalized_without_approval_however_well_the_cluster_is()
    {
        var story = Combined(FinalizePolicy.Ask);
        story.Cluster.IsApproved = () => story.State.IsApproved;
        story.Cluster.Time.In(TimeSpan.FromHours(5), () => story.Journal.Post(OperatorRequest.Approve, "olga"));

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.All(
            story.Journal.Entries.Where(entry => entry.Event is UpgradeEvent.FeatureFinalizing),
            entry => Assert.True(entry.At >= Noon.AddHours(5)));
    }

    [Fact]
    public void Halted_while_it_waits_for_approval_the_run_says_so_and_goes_on_when_started_again()
    {
        var story = Combined(FinalizePolicy.Ask);
        using var halt = new CancellationTokenSource();
        story.When<UpgradeEvent.StepWaiting>(wait => wait.Gate == GateNames.Approval, halt.Cancel);

        Assert.Equal(RunEnding.AwaitingApproval, story.Run(halt.Token));
        Assert.Equal(21, story.Cluster.Levels[KafkaFeatures.MetadataVersion]);
        story.Journal.Post(OperatorRequest.Approve, "olga");
        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Equal([2, 3, 1], story.Cluster.Stops);
    }

    [Fact]
    public void A_soak_is_waited_for_to_the_moment()
    {
        var story = Combined(new FinalizePolicy(FinalizeMode.After, TimeSpan.FromHours(4)));

        Assert.Equal(RunEnding.Done, story.Run());
        var over = story.Journal.Entries.First(entry => entry.Event is UpgradeEvent.StepSkipped { Step.Value: "await-approval" }).At;
        var until = story.State.LastNodeDoneAt!.Value + TimeSpan.FromHours(4);
        Assert.InRange(over, until, until + TimeSpan.FromSeconds(1.1));
    }

    [Fact]
    public void An_approval_ends_a_soak_early()
    {
        var story = Combined(new FinalizePolicy(FinalizeMode.After, TimeSpan.FromHours(4)));
        story.Cluster.Time.In(TimeSpan.FromHours(1), () => story.Journal.Post(OperatorRequest.Approve, "olga"));

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.True(story.Cluster.Time.Now < Noon.AddHours(2));
    }

    [Fact]
    public void A_node_whose_restart_nobody_saw_done_soaks_as_long_as_the_others()
    {
        var story = Combined(new FinalizePolicy(FinalizeMode.After, TimeSpan.FromHours(4)));
        story.When<UpgradeEvent.NodeStarted>(started => started.Node.Value == 1, () => throw new PowerLoss());

        Assert.Throws<PowerLoss>(() => story.Run());
        var started = story.Cluster[1].StartedAt;
        story.Wait(TimeSpan.FromMinutes(1));

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.All(
            story.Journal.Entries.Where(entry => entry.Event is UpgradeEvent.FeatureFinalizing),
            entry => Assert.True(entry.At >= started.AddHours(4)));
    }

    [Fact]
    public void With_finalize_never_the_run_ends_with_the_features_as_they_were()
    {
        var story = Combined(FinalizePolicy.Never);

        Assert.Equal(RunEnding.Done, story.Run());
        Assert.Empty(story.Cluster.UpdateRequests);
    }

    [Fact]
    public void A_halt_ends_the_run_between_two_steps()
    {
        var story = Combined();
        using var halt = new CancellationTokenSource();
        story.When<UpgradeEvent.NodeStopping>(_ => true, halt.Cancel);

        Assert.Equal(RunEnding.Stopped, story.Run(halt.Token));
        Assert.Equal([2], story.Cluster.Stops);
        Assert.IsType<StepStatus.Done>(story.State.StatusOf(new("restart-2")));
        Assert.Equal(RunEnding.Done, story.Run());
    }

    [Fact]
    public void A_cancellation_ends_the_waiting_at_once_and_the_next_start_sees_the_node_through()
    {
        foreach (var moment in new[] { typeof(UpgradeEvent.NodeStopping), typeof(UpgradeEvent.NodeStarted), typeof(UpgradeEvent.NodeServing) })
        {
            var story = Combined();
            using var cancel = new CancellationTokenSource();
            story.When<UpgradeEvent>(happened => happened.GetType() == moment, () => story.Cluster.Time.In(TimeSpan.FromSeconds(0.4), cancel.Cancel));

            Assert.Equal(RunEnding.Stopped, story.Run(cancel: cancel.Token));
            Assert.IsType<StepStatus.Halted>(story.State.StatusOf(new("restart-2")));
            Assert.Equal(RunEnding.Done, story.Run());
            Assert.Equal([2, 3, 1], story.Cluster.Stops);
        }
    }

    private static Story Combined(FinalizePolicy? finalize = null) => new(
        new SimulatedCluster(V392, combined: [1, 2, 3]).WithTopic("orders", 2, [1, 2, 3], [2, 3, 1], [3, 1, 2]), V431, finalize);
}
