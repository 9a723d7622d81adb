using Metamorph.Journal;
using Metamorph.Kafka.Errors;
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
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !run.IsJournalBroken)
        {
            return End(new UpgradeEvent.RunEnded(RunEnding.Stopped, "interrupted; what nodes were asked to do goes on"));
        }
        catch (Exception e) when (!run.IsJournalBroken)
        {
            return End(new UpgradeEvent.RunEnded(RunEnding.Failed, $"a fault of Metamorph; the nodes are left as they are. {e}"));
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

    /// <summary>No step runs on when its executor does not.</summary>
    private UpgradeEvent.RunEnded End(UpgradeEvent.RunEnded ending)
    {
        if (run.State.Current is { } step)
        {
            run.Append(new UpgradeEvent.StepHalted(step, ending.Text));
        }

        run.Append(ending);
        return ending;
    }

    private async Task<UpgradeEvent.RunEnded> RunStepsAsync(CancellationToken halt, CancellationToken cancellationToken)
    {
        var lookout = new Lookout(run, handlers);
        WaitPatience? patience = null;
        while (run.State.StepsDone < run.Plan.Steps.Length)
        {
            var taken = requests.Taken;
            if (await requests.TakeAsync(halt, cancellationToken) is { } asked)
            {
                return asked;
            }

            patience = requests.Taken == taken && patience is not null ? patience : new WaitPatience(run.Time, run.Options.Patience);
            var look = await lookout.LookAsync(cancellationToken);
            var done = run.State.StepsDone;
            if (await ActAsync(look, patience, cancellationToken) is { } ended)
            {
                return ended;
            }

            if (run.State.StepsDone > done)
            {
                patience = null;
            }
            else
            {
                await PauseAsync(look, patience, halt, cancellationToken);
            }
        }

        return new UpgradeEvent.RunEnded(RunEnding.Done, $"all steps are done; every node runs {run.Plan.To}");
    }

    /// <summary>Before the next look. A soak's end is met to the moment, and a halt ends the pause.</summary>
    private async Task PauseAsync(Look look, WaitPatience patience, CancellationToken halt, CancellationToken cancellationToken)
    {
        var pause = patience.Pace(run.Options);
        if (look.Check is Precheck.MustWait { Verdict.Objections: [Objection.SoakNotOver soak] } && soak.Until - run.Time.GetUtcNow() is var left && left < pause)
        {
            pause = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(halt, cancellationToken);
        try
        {
            await run.DelayAsync(pause, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Halted: the next turn of the loop says so.
        }
    }

    /// <returns>How the run ends by it; null: it goes on.</returns>
    private async Task<UpgradeEvent.RunEnded?> ActAsync(Look look, WaitPatience patience, CancellationToken cancellationToken)
    {
        switch (look.Check)
        {
            case Precheck.AlreadyDone done:
                run.Append(new UpgradeEvent.StepSkipped(look.Step.Id, done.Why));
                return null;
            case Precheck.Refused refused:
                return new UpgradeEvent.RunEnded(RunEnding.Refused, refused.Why);
            case Precheck.Ready:
                return EndingOf(await DoAsync(look.Step, look.Seen!, cancellationToken), look.Step, patience);
            case Precheck.MustWait wait:
                run.AppendWait(look.Step.Id, wait.Gate, wait.Node, wait.Verdict.Objections);
                return patience.IsOverFor(wait.Verdict.Objections) && wait.Gate != GateNames.Approval
                    ? new UpgradeEvent.RunEnded(
                        wait.Gate == GateNames.Observe ? RunEnding.Unreachable : RunEnding.Blocked,
                        patience.Describe(wait.Gate, wait.Node, wait.Verdict))
                    : null;
            default:
                throw new InvalidOperationException($"no such precheck: {look.Check}");
        }
    }

    private async Task<StepOutcome> DoAsync(Step step, ClusterSnapshot seen, CancellationToken cancellationToken)
    {
        run.Append(new UpgradeEvent.StepStarted(step.Id));
        var outcome = await TryAsync(step, seen, cancellationToken);
        run.Append(outcome switch
        {
            StepOutcome.Succeeded => new UpgradeEvent.StepSucceeded(step.Id),
            StepOutcome.Postponed postponed => new UpgradeEvent.StepHalted(step.Id, postponed.Why),
            StepOutcome.Blocked blocked => new UpgradeEvent.StepHalted(step.Id, blocked.Why),
            StepOutcome.Refused refused => new UpgradeEvent.StepHalted(step.Id, refused.Why),
            _ => throw new InvalidOperationException($"no such outcome: {outcome}"),
        });
        return outcome;
    }

    private async Task<StepOutcome> TryAsync(Step step, ClusterSnapshot seen, CancellationToken cancellationToken)
    {
        try
        {
            return await handlers.Of(step).RunAsync(step, seen, cancellationToken);
        }
        catch (Exception e) when (Unreachable.Is(e))
        {
            return new StepOutcome.Postponed(e.Message, IsUnreachable: true);
        }
        catch (Exception e) when (e is ClusterRefusedException or KafkaErrorException or KafkaUnsupportedException)
        {
            return new StepOutcome.Refused(e.Message);
        }
        catch (KafkaProtocolException e)
        {
            return new StepOutcome.Blocked($"an answer in the middle of {step.Id} could not be read: {e.Message}");
        }
    }

    private static UpgradeEvent.RunEnded? EndingOf(StepOutcome outcome, Step step, WaitPatience patience) => outcome switch
    {
        StepOutcome.Succeeded => null,
        StepOutcome.Postponed postponed => patience.IsOverFor([new Objection.NotKnown($"step {step.Id}", postponed.Why)])
            ? new UpgradeEvent.RunEnded(postponed.IsUnreachable ? RunEnding.Unreachable : RunEnding.Blocked, postponed.Why)
            : null,
        StepOutcome.Blocked blocked => new UpgradeEvent.RunEnded(RunEnding.Blocked, blocked.Why),
        StepOutcome.Refused refused => new UpgradeEvent.RunEnded(RunEnding.Refused, refused.Why),
        _ => throw new InvalidOperationException($"no such outcome: {outcome}"),
    };
}
