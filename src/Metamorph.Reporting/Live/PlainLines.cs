using System.Globalization;
using Metamorph.Model;

namespace Metamorph.Reporting;

/// <summary>A run as plain lines, for logs and where there is no terminal: <c>10:31:07  node 2  stopped in 2.4 s; starting on 4.3.1</c>.</summary>
/// <remarks>It folds what it is given, so it must be given every event, from the first.</remarks>
/// <param name="plan">What the run does.</param>
/// <param name="zone">The zone of the times.</param>
public sealed class PlainLines(UpgradePlan plan, TimeZoneInfo zone)
{
    // As wide as the longest usual subject, so that the texts stand under each other.
    private const int SubjectWidth = 8;

    /// <summary>The run after the last event.</summary>
    public RunState State { get; private set; } = RunState.Empty;

    /// <summary>The event's line; null where another one says it all.</summary>
    public string? Next(JournalEntry entry)
    {
        var before = State;
        State = before.After(entry);
        return TextOf(entry, before, plan) is { } words
            ? $"{TimeZoneInfo.ConvertTime(entry.At, zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture)}  {words.Subject.PadRight(SubjectWidth)}  {words.Text}"
            : null;
    }

    private EventWords? TextOf(JournalEntry entry, RunState before, UpgradePlan plan)
    {
        var words = Wording.Of(entry.Event, plan);
        return entry.Event switch
        {
            UpgradeEvent.NodeStopped or UpgradeEvent.NodeStarted => null,
            UpgradeEvent.StepStarted e when plan.Restarts.Any(step => step.Id == e.Step) => null,
            UpgradeEvent.StepStarted e => words with { Text = Wording.Title(e.Step, plan) },
            UpgradeEvent.NodeStarting e when Spent(e.Node, times => times.Stop) is { Ticks: > 0 } stop =>
                words with { Text = $"stopped in {Quantity.Of(stop)}; {words.Text}" },
            UpgradeEvent.NodeServing e => words with { Text = $"{words.Text} after {Quantity.Of(Added(e.Node, times => times.Start))}" },
            UpgradeEvent.NodeCaughtUp e => words with { Text = $"caught up after {Quantity.Of(Added(e.Node, times => times.CatchUp))}: every replica on it is in sync" },
            UpgradeEvent.StepWaiting { Objections.IsEmpty: true } when before.Wait is { } wait =>
                words with { Text = $"the gate is open after {Quantity.Of(entry.At - wait.Since)}; going on" },
            UpgradeEvent.StepSucceeded e when plan.Restarts.FirstOrDefault(step => step.Id == e.Step) is { } restart =>
                words with { Text = Finished(restart, entry.At) },
            UpgradeEvent.StepSucceeded => words with { Text = "done" },
            UpgradeEvent.RunEnded => words with { Text = $"{words.Text}. {Wording.Verdict(State, plan).Stands}" },
            _ => words,
        };

        TimeSpan Added(NodeId node, Func<NodeTimes, TimeSpan> part) =>
            Spent(node, part) - (before.Nodes.GetValueOrDefault(node) is { } times ? part(times) : TimeSpan.Zero);
    }

    private TimeSpan Spent(NodeId node, Func<NodeTimes, TimeSpan> part) => part(State.Nodes[node]);

    private string Finished(Step.RestartNode restart, DateTimeOffset at)
    {
        var done = plan.Restarts.Count(step => State.StatusOf(step.Id) is StepStatus.Done);
        var eta = Forecast.End(State, plan, at) is { } end && done < plan.Restarts.Count()
            ? $", the rest by about {TimeZoneInfo.ConvertTime(end, zone).ToString("HH:mm", CultureInfo.InvariantCulture)}"
            : "";
        return $"done, it runs {restart.To}; {done} of {Quantity.Of(plan.Restarts.Count(), "restart")}{eta}";
    }
}
