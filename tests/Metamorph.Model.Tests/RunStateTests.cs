using Metamorph.Model;
using Metamorph.Tests;

namespace Metamorph.Model.Tests;

public sealed class RunStateTests
{
    [Fact]
    public void Folding_on_from_any_prefix_gives_the_same_as_folding_the_whole()
    {
        for (var events = 0; events <= Story.Whole.Length; events++)
        {
            var state = Story.Whole[events..].Aggregate(RunState.Of(Story.Whole[..events]), (before, entry) => before.After(entry));

            Assert.Equal(RunPhase.Done, state.Phase);
            Assert.Equal(7, state.StepsDone);
        }
    }

    [Fact]
    public void A_node_spends_its_time_on_stop_start_catch_up_and_wait()
    {
        var times = new Story().Start().RestartNode(1, stop: 2.4, start: 8.1, catchUp: 3.2).State.Nodes[new(1)];

        Assert.Equal(TimeSpan.FromSeconds(2.4), times.Stop);
        Assert.Equal(TimeSpan.FromSeconds(8.1), times.Start);
        Assert.Equal(TimeSpan.FromSeconds(3.2), times.CatchUp);
        Assert.Equal(TimeSpan.FromSeconds(0.3 + 0.1 + 0.5 + 0.9), times.Wait);
        Assert.Equal((Samples.From, Samples.To, 1), (times.From, times.To, times.Restarts));
    }

    [Fact]
    public void All_time_while_an_executor_had_the_run_is_some_nodes_time()
    {
        var story = new Story().Start().RestartNode(1)
            .After(0, new UpgradeEvent.StepWaiting(Story.Step(2), GateNames.MayStop, new NodeId(2), [new Objection.NodeDown(new(3))]))
            .After(40, new UpgradeEvent.StepWaiting(Story.Step(2), GateNames.MayStop, new NodeId(2), []))
            .RestartNode(2);

        Assert.Equal(
            story.Now - Samples.Start,
            story.State.Nodes.Values.Aggregate(TimeSpan.Zero, (sum, node) => sum + node.Stop + node.Start + node.CatchUp + node.Wait));
    }

    [Fact]
    public void A_node_that_is_taken_over_while_it_is_down_counts_its_wait_and_no_stop()
    {
        var times = new Story().Start()
            .After(3, new UpgradeEvent.StepStarted(Story.Step(1)))
            .After(1, new UpgradeEvent.NodeStarting(Story.Step(1), new(1), Samples.To, ControllerRelease: null))
            .After(6, new UpgradeEvent.NodeServing(Story.Step(1), new(1)))
            .State.Nodes[new(1)];

        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(4)), (times.Stop, times.Start, times.Wait));
    }

    [Fact]
    public void A_pause_takes_hold_when_the_step_in_hand_is_over()
    {
        var story = new Story().Start()
            .After(1, new UpgradeEvent.StepStarted(Story.Step(1)))
            .After(1, new UpgradeEvent.RequestTaken(OperatorRequest.Pause, "kim"));
        Assert.Equal(RunPhase.Running, story.State.Phase);

        story.After(1, new UpgradeEvent.StepSucceeded(Story.Step(1)));
        Assert.Equal(RunPhase.Paused, story.State.Phase);

        story.After(1, new UpgradeEvent.RequestTaken(OperatorRequest.Resume, "kim"));
        Assert.Equal(RunPhase.Running, story.State.Phase);
    }

    [Fact]
    public void A_gate_that_changes_its_reasons_is_closed_since_its_first_one()
    {
        var story = new Story().Start()
            .After(1, new UpgradeEvent.StepWaiting(Story.Step(1), GateNames.MayStop, new NodeId(1), [new Objection.NodeDown(new(2))]))
            .After(5, new UpgradeEvent.StepWaiting(Story.Step(1), GateNames.MayStop, new NodeId(1), [new Objection.NodeDown(new(3))]));

        Assert.Equal(Samples.Start.AddSeconds(1), story.State.Wait?.Since);
        Assert.Equal(RunPhase.Waiting, story.State.Phase);
    }

    [Fact]
    public void A_run_that_is_taken_again_is_not_ended_and_not_paused()
    {
        var story = new Story().Start()
            .After(1, new UpgradeEvent.RequestTaken(OperatorRequest.Pause, "kim"))
            .After(1, new UpgradeEvent.RunEnded(RunEnding.Stopped, "paused"))
            .After(60, new UpgradeEvent.RunStarted("run", "orders", Samples.From, Samples.To, [Story.Step(1)], Pid: 2));

        Assert.Equal((RunPhase.Running, null, false), (story.State.Phase, story.State.Ending, story.State.IsPauseAsked));
        Assert.Equal(Samples.Start, story.State.StartedAt);
    }

    [Fact]
    public void A_step_goes_its_ways_and_no_other()
    {
        var at = Samples.Start;
        var step = Story.Step(1);
        StepStatus pending = StepStatus.Pending.Instance;
        var running = pending.After(new UpgradeEvent.StepStarted(step), at);
        var halted = running.After(new UpgradeEvent.StepHalted(step, "why"), at);
        var done = running.After(new UpgradeEvent.StepSucceeded(step), at);

        Assert.Equal(new StepStatus.Running(1, at), running);
        Assert.Equal(new StepStatus.Halted(1, "why"), halted);
        Assert.Equal(new StepStatus.Running(2, at), halted.After(new UpgradeEvent.StepStarted(step), at));
        Assert.Equal(new StepStatus.Done(at, "same"), halted.After(new UpgradeEvent.StepSkipped(step, "same"), at));
        Assert.Equal(new StepStatus.Done(at, "same"), pending.After(new UpgradeEvent.StepSkipped(step, "same"), at));
        Assert.IsType<StepStatus.Halted>(running.After(new UpgradeEvent.StepInterrupted(step), at));
        Assert.Throws<IllegalTransitionException>(() => done.After(new UpgradeEvent.StepStarted(step), at));
        Assert.Throws<IllegalTransitionException>(() => pending.After(new UpgradeEvent.StepSucceeded(step), at));
        Assert.Throws<IllegalTransitionException>(() => running.After(new UpgradeEvent.StepStarted(step), at));
        Assert.Throws<IllegalTransitionException>(() => running.After(new UpgradeEvent.StepSkipped(step, "same"), at));
    }
}
