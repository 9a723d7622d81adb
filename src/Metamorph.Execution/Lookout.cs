using Metamorph.Model;
using Metamorph.Observation;
using Metamorph.Planning;

namespace Metamorph.Execution;

/// <summary>Takes a fresh snapshot, finds the step that comes next on it, and asks that step what it says to it.</summary>
internal sealed class Lookout(UpgradeRun run, StepHandlers handlers)
{
    private readonly LagWindow history = new();
    private readonly Turns turns = new(run.Time, run.Options.TurnPatience);

    public async Task<Look> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Judge(await run.ObserveAsync(SnapshotScope.Safety | SnapshotScope.Groups, cancellationToken));
        }
        catch (Exception e) when (Unreachable.Is(e))
        {
            // With nobody answering there is no order to read; the first open step stands for what waits.
            var step = run.Plan.Steps.First(step => run.State.StatusOf(step.Id) is not StepStatus.Done);
            var verdict = GateVerdict.Of([new Objection.NotKnown("the cluster", e.Message)]);
            return new Look(step, new Precheck.MustWait(GateNames.Observe, Node: null, verdict), Seen: null);
        }
    }

    private Look Judge(ClusterSnapshot now)
    {
        var first = RollOrder.Next(run.Plan, run.State, now)
            ?? throw new InvalidOperationException("a plan with open steps has a next one");
        if (now.ClusterId != run.Plan.ClusterId)
        {
            return new Look(first, new Precheck.Refused($"the plan is for cluster {run.Plan.ClusterId}; {now.ClusterId} answered"), now);
        }

        var view = new StepView(now, history.Before(now), run.State, run.Time.GetUtcNow());
        var check = handlers.Of(first).Check(first, view);
        return turns.IsOverFor(first.Id, check) && Instead(first, view) is { } other ? other : new Look(first, check, now);
    }

    /// <summary>Another node of the phase that can be taken now; null when there is none.</summary>
    private Look? Instead(Step first, StepView view) =>
        RollOrder.Instead(run.Plan, run.State, view.Now, first)
            .Select(step => new Look(step, handlers.Of(step).Check(step, view), view.Now))
            .FirstOrDefault(look => look.Check is Precheck.Ready or Precheck.AlreadyDone);
}
