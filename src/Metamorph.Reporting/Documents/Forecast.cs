using Metamorph.Model;

namespace Metamorph.Reporting;

/// <summary>When a run will be done, from what its own nodes took; before the first one, from the plan's forecast.</summary>
public static class Forecast
{
    /// <summary>The expected end, in whole seconds; null while the run does not go on by itself.</summary>
    public static DateTimeOffset? End(RunState state, UpgradePlan plan, DateTimeOffset now)
    {
        if (state.Ending is not null || state.Phase is not (RunPhase.Running or RunPhase.Waiting))
        {
            return null;
        }

        var restarts = plan.Restarts.ToList();
        var open = restarts.Where(step => state.StatusOf(step.Id) is not StepStatus.Done).ToList();
        var each = Each(state, plan, restarts);
        var left = (each * open.Count) - Spent(state, open, each, now);
        return new DateTimeOffset((now + left).UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
    }

    private static TimeSpan Each(RunState state, UpgradePlan plan, List<Step.RestartNode> restarts)
    {
        var done = state.Nodes.Values.Where(times => times.Restarts > 0 && IsDone(times.Node)).ToList();
        if (done.Count > 0)
        {
            return done.Aggregate(TimeSpan.Zero, (sum, times) => sum + times.Stop + times.Start + times.CatchUp + times.Wait)
                / done.Sum(times => times.Restarts);
        }

        return restarts.Count == 0 ? TimeSpan.Zero : plan.Forecast / restarts.Count;

        bool IsDone(NodeId node) => restarts.Any(step => step.Node == node && state.StatusOf(step.Id) is StepStatus.Done);
    }

    // What the node in hand has taken already, but never more than a node takes: a slow one is done at any moment.
    private static TimeSpan Spent(RunState state, List<Step.RestartNode> open, TimeSpan each, DateTimeOffset now) =>
        open.Select(step => state.StatusOf(step.Id)).OfType<StepStatus.Running>().FirstOrDefault() is { } running
            ? TimeSpan.FromTicks(Math.Clamp((now - running.Since).Ticks, 0, each.Ticks))
            : TimeSpan.Zero;
}
