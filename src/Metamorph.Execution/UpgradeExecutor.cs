using Metamorph.Journal;
using Metamorph.Model;
using Metamorph.Nodes;
using Metamorph.Observation;
using Metamorph.Planning;

namespace Metamorph.Execution;

/// <summary>Runs a plan to its end: looks, asks the next step what it finds, does it, and writes down each of these first.</summary>
/// <remarks>
/// It chooses nothing but the order that <see cref="RollOrder"/> reads from the cluster. A first run, a resumed one and
/// one that finds nothing left to do are the same loop. It runs on the caller's scheduler, one thing at a time.
/// </remarks>
public sealed class UpgradeExecutor
{
    private readonly UpgradeRun run;
    private readonly StepHandlers handlers;
    private readonly RequestTaker requests;

    /// <param name="journal">Held by this executor alone.</param>
    /// <param name="observer">Reads the cluster.</param>
    /// <param name="control">Acts on the cluster.</param>
    /// <param name="drivers">Act on the machines; one for each node of the cluster file.</param>
    /// <param name="options">How patient it is.</param>
    /// <param name="time">The clock.</param>
    public UpgradeExecutor(
        IUpgradeJournal journal,
        IClusterObserver observer,
        IClusterControl control,
        IReadOnlyDictionary<NodeId, INodeDriver> drivers,
        ExecutionOptions options,
        TimeProvider time)
    {
        run = new UpgradeRun(journal, observer, control, drivers, options, time);
        handlers = new StepHandlers(run);
        requests = new RequestTaker(run);
    }

    /// <summary>Runs until the plan is done or cannot go on. Its ending is in the journal when this returns.</summary>
    /// <param name="pid">This process, for the journal.</param>
    /// <param name="halt">Asks to finish the step in hand and stop then.</param>
    /// <param name="cancellationToken">Ends the waiting at once; what nodes were asked to do goes on, and the next start sees it through.</param>
    /// <exception cref="IOException">The journal could not be written; nothing was done after that.</exception>
    public async Task<UpgradeEvent.RunEnded> RunAsync(int pid, CancellationToken halt, CancellationToken cancellationToken)
    {
        Take(pid);
        try
        {
            return End(await RunStepsAsync(halt, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            return End(Stopped("interrupted; what nodes were asked to do goes on"));
        }
        catch (NodeUnreachableException e)
        {
            return End(new UpgradeEvent.RunEnded(RunEnding.Unreachable, e.Message));
        }
        catch (ClusterUnreachableException e)
        {
            return End(new UpgradeEvent.RunEnded(RunEnding.Unreachable, e.Message));
        }
        catch (ClusterRefusedException e)
        {
            return End(new UpgradeEvent.RunEnded(RunEnding.Refused, e.Message));
        }
    }

    private void Take(int pid)
    {
        var plan = run.Plan;
        var interrupted = run.State.Current;
        run.Append(new UpgradeEvent.RunStarted(run.Journal.Run, plan.Cluster, plan.From, plan.To, [.. plan.Steps.Select(step => step.Id)], pid));
        if (interrupted is { } step)
        {
            run.Append(new UpgradeEvent.StepInterrupted(step));
        }
    }

    private UpgradeEvent.RunEnded End(UpgradeEvent.RunEnded ending)
    {
        run.Append(ending);
        return ending;
    }

    private async Task<UpgradeEvent.RunEnded> RunStepsAsync(CancellationToken halt, CancellationToken cancellationToken)
    {
        var history = new LagWindow();
        WaitPatience? patience = null;
        while (run.State.StepsDone < run.Plan.Steps.Length)
        {
            if (await requests.TakeAsync(halt, cancellationToken) is { } asked)
            {
                return asked;
            }

            patience ??= new WaitPatience(run.Time, run.Options.Patience);
            var (step, check) = await LookAsync(history, cancellationToken);
            switch (check)
            {
                case Precheck.AlreadyDone done:
                    run.Append(new UpgradeEvent.StepSkipped(step.Id, done.Why));
                    patience = null;
                    break;
                case Precheck.Refused refused:
                    return new UpgradeEvent.RunEnded(RunEnding.Refused, refused.Why);
                case Precheck.Ready:
                    patience = null;
                    if (await DoAsync(step, cancellationToken) is { } ended)
                    {
                        return ended;
                    }

                    break;
                case Precheck.MustWait wait:
                    run.AppendWait(step.Id, wait.Gate, wait.Node, wait.Verdict.Objections);
                    if (wait.Gate != GateNames.Approval && patience.IsOverFor(wait.Verdict.Objections))
                    {
                        return Blocked(wait, patience);
                    }

                    await run.DelayAsync(patience.Pace(run.Options), cancellationToken);
                    break;
                default:
                    throw new InvalidOperationException($"no such precheck: {check}");
            }
        }

        return new UpgradeEvent.RunEnded(RunEnding.Done, $"all steps are done; every node runs {run.Plan.To}");
    }

    /// <summary>A fresh snapshot, the step that comes next on it, and what that step says to it.</summary>
    private async Task<(Step Step, Precheck Check)> LookAsync(LagWindow history, CancellationToken cancellationToken)
    {
        try
        {
            var now = await run.ObserveAsync(SnapshotScope.Safety | SnapshotScope.Groups, cancellationToken);
            var step = RollOrder.Next(run.Plan, run.State, now)
                ?? throw new InvalidOperationException("a plan with open steps has a next one");
            var view = new StepView(now, history.Before(now), run.State, run.Time.GetUtcNow());
            return (step, handlers.Of(step).Check(step, view));
        }
        catch (ClusterUnreachableException e)
        {
            // With nobody answering there is no order to read; the first open step stands for what waits.
            var step = run.Plan.Steps.First(step => run.State.StatusOf(step.Id) is not StepStatus.Done);
            var verdict = GateVerdict.Of([new Objection.NotKnown("the cluster", e.Message)]);
            return (step, new Precheck.MustWait(GateNames.Observe, Node: null, verdict));
        }
    }

    private async Task<UpgradeEvent.RunEnded?> DoAsync(Step step, CancellationToken cancellationToken)
    {
        run.Append(new UpgradeEvent.StepStarted(step.Id));
        var outcome = await handlers.Of(step).RunAsync(step, cancellationToken);
        switch (outcome)
        {
            case StepOutcome.Succeeded:
                run.Append(new UpgradeEvent.StepSucceeded(step.Id));
                return null;
            case StepOutcome.Blocked blocked:
                run.Append(new UpgradeEvent.StepHalted(step.Id, blocked.Why));
                return new UpgradeEvent.RunEnded(RunEnding.Blocked, blocked.Why);
            case StepOutcome.Refused refused:
                run.Append(new UpgradeEvent.StepHalted(step.Id, refused.Why));
                return new UpgradeEvent.RunEnded(RunEnding.Refused, refused.Why);
            default:
                throw new InvalidOperationException($"no such outcome: {outcome}");
        }
    }

    private static UpgradeEvent.RunEnded Blocked(Precheck.MustWait wait, WaitPatience patience) => new(
        wait.Gate == GateNames.Observe ? RunEnding.Unreachable : RunEnding.Blocked,
        $"the gate {wait.Gate} did not open: nothing changed for {patience.Limit.TotalSeconds:0} s");

    private static UpgradeEvent.RunEnded Stopped(string why) => new(RunEnding.Stopped, why);
}
