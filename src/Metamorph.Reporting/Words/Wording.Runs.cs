using System.Globalization;
using Metamorph.Model;

namespace Metamorph.Reporting;

public static partial class Wording
{
    /// <summary>The feature that the way back depends on first.</summary>
    private const string MetadataVersion = "metadata.version";

    /// <summary>A phase in words.</summary>
    public static string Of(RunPhase phase) => phase switch
    {
        RunPhase.Planned => "planned, not started",
        RunPhase.Running => "running",
        RunPhase.Waiting => "waiting for a gate",
        RunPhase.Paused => "paused",
        RunPhase.AwaitingApproval => "awaiting approval",
        RunPhase.Done => "done",
        RunPhase.Blocked => "blocked",
        RunPhase.Failed => "failed",
        RunPhase.Aborted => "given up",
        _ => throw new InvalidOperationException($"no words for {phase}"),
    };

    /// <summary>A phase as the <c>state</c> of the JSON documents names it.</summary>
    public static string StateOf(RunPhase phase) => phase switch
    {
        RunPhase.Planned => "planned",
        RunPhase.Running => "running",
        RunPhase.Waiting => "waiting",
        RunPhase.Paused => "paused",
        RunPhase.AwaitingApproval => "awaiting-approval",
        RunPhase.Done => "done",
        RunPhase.Blocked => "blocked",
        RunPhase.Failed => "failed",
        RunPhase.Aborted => "aborted",
        _ => throw new InvalidOperationException($"no name for {phase}"),
    };

    /// <summary>An ending in a few words.</summary>
    public static string Of(RunEnding ending) => ending switch
    {
        RunEnding.Done => "every step is done",
        RunEnding.Blocked => "blocked: a gate did not open in the time given",
        RunEnding.Refused => "refused",
        RunEnding.Stopped => "stopped as asked",
        RunEnding.Aborted => "given up as asked",
        RunEnding.AwaitingApproval => "everything is done but the finalisation, which waits for approval",
        RunEnding.Failed => "failed by a fault of Metamorph",
        RunEnding.Unreachable => "the cluster or a node cannot be reached",
        _ => throw new InvalidOperationException($"no words for {ending}"),
    };

    /// <summary>An ending as the JSON documents name it.</summary>
    public static string NameOf(RunEnding ending) => ending switch
    {
        RunEnding.Done => "done",
        RunEnding.Blocked => "blocked",
        RunEnding.Refused => "refused",
        RunEnding.Stopped => "stopped",
        RunEnding.Aborted => "aborted",
        RunEnding.AwaitingApproval => "awaiting-approval",
        RunEnding.Failed => "failed",
        RunEnding.Unreachable => "unreachable",
        _ => throw new InvalidOperationException($"no name for {ending}"),
    };

    /// <summary>What happened, how the cluster stands now, and what to do next.</summary>
    public static Verdict Verdict(RunState state, UpgradePlan plan) => new(
        $"{plan.Cluster} {plan.From} → {plan.To} {Outcome(state)}",
        $"{Standing(state, plan)} {WayBack(state, plan)}",
        Next(state));

    /// <summary>Whether the cluster can go back to where it came from, and until when.</summary>
    public static string WayBack(RunState state, UpgradePlan plan)
    {
        if (state.Finalized.LastOrDefault(feature => feature.Feature == MetadataVersion) is { } metadata)
        {
            return $"{WayBackOf(plan)} is closed: metadata.version was raised from {metadata.From} to {metadata.To}.";
        }

        if (state.Finalized.LastOrDefault() is { } feature)
        {
            return $"{WayBackOf(plan)} is closed: {feature.Feature} is finalized at {feature.To}.";
        }

        if (state.Finalizing is { } asked)
        {
            return $"{WayBackOf(plan)} may be closed: {asked.Feature} {asked.To} was asked of Kafka and not read back.";
        }

        return plan.Steps.Any(step => step is Step.FinalizeFeature) && plan.Finalize.Mode != FinalizeMode.Never
            ? $"The way back to {plan.From} is open until the finalisation."
            : $"The way back to {plan.From} stays open: no feature is finalized.";
    }

    /// <summary>A run that only finalizes comes from the release that it goes to.</summary>
    private static string WayBackOf(UpgradePlan plan) => plan.From == plan.To ? "The way back" : $"The way back to {plan.From}";

    /// <summary>True while nothing has been asked of Kafka that could close the way back.</summary>
    public static bool IsWayBackOpen(RunState state) => state.Finalized.IsEmpty && state.Finalizing is null;

    /// <summary>How many nodes are finished: <c>2 of 3 nodes run 4.3.1.</c></summary>
    public static string Standing(RunState state, UpgradePlan plan)
    {
        var upgrades = plan.Restarts.Where(step => step.Reason == RestartReason.Upgrade).ToList();
        var done = upgrades.Count(step => state.StatusOf(step.Id) is StepStatus.Done);
        var halted = upgrades.Where(step => state.StatusOf(step.Id) is StepStatus.Halted).Select(step => step.Node.ToString()).ToList();
        var unsure = halted.Count == 0 ? "" : $" Look at node {Quantity.List(halted)} first: its restart was not finished.";
        return upgrades.Count == 0 ? "No node had to be upgraded." : $"{Run(done, upgrades.Count, plan.To)}{unsure}";
    }

    internal static string Moment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>How it goes or went, as a predicate: <c>is complete</c>.</summary>
    internal static string Outcome(RunState state)
    {
        var why = state.Ending is { Text.Length: > 0 } ending ? $": {ending.Text.TrimEnd('.')}" : "";
        return state.Ending switch
        {
            null => $"is {Of(state.Phase)}",
            { Ending: RunEnding.Done } when state.Leftovers.IsEmpty => "is complete",
            { Ending: RunEnding.Done } => $"is complete, with {Quantity.Of(state.Leftovers.Length, "thing")} left behind",
            { Ending: RunEnding.Blocked } => $"is blocked{why}",
            { Ending: RunEnding.Refused } => $"was refused{why}",
            { Ending: RunEnding.Stopped } => $"was stopped as asked{why}",
            { Ending: RunEnding.Aborted } => $"was given up as asked{why}",
            { Ending: RunEnding.AwaitingApproval } => "waits for the approval of the finalisation",
            { Ending: RunEnding.Failed } => $"failed by a fault of Metamorph{why}",
            { Ending: RunEnding.Unreachable } => $"cannot go on: the cluster or a node cannot be reached{why}",
            { } other => throw new InvalidOperationException($"no words for {other.Ending}"),
        };
    }

    private static string Next(RunState state) => state.Ending?.Ending switch
    {
        null when state.Phase == RunPhase.Paused => "`metamorph resume` goes on.",
        null when state.Phase == RunPhase.Planned => "`metamorph upgrade` begins it.",
        null => "`metamorph status` shows how it goes.",
        RunEnding.Done when state.Leftovers.IsEmpty => "Nothing is left to do.",
        RunEnding.Done => "Remove what was left behind; the list is below.",
        RunEnding.Blocked => "Look at what kept the gate closed, then run the same command again: it goes on where this run stopped.",
        RunEnding.Refused => "Remove the reason, then run the same command again: it goes on where this run stopped.",
        RunEnding.Stopped => "Run the same command again: it goes on where this run stopped.",
        RunEnding.Aborted => "Nodes stay on the release they run. A new plan starts from there.",
        RunEnding.AwaitingApproval => "When the applications are content, `metamorph approve`, then run the same command again.",
        RunEnding.Failed => "The journal holds all that was done. Run the same command again: every step is checked before it is taken.",
        RunEnding.Unreachable => "Restore the connection, then run the same command again: it goes on where this run stopped.",
        _ => throw new InvalidOperationException($"no words for {state.Ending?.Ending}"),
    };

    private static string Run(int done, int total, KafkaRelease to) => (done, total) switch
    {
        (1, 1) => $"The node runs {to}.",
        (var all, var of) when all == of => $"All {total} nodes run {to}.",
        (0, _) => $"No node runs {to} by this run yet.",
        _ => $"{done} of {total} nodes run {to}.",
    };
}

/// <summary>Where a run stands, in the three parts of every message to an operator.</summary>
public sealed record Verdict(string Happened, string Stands, string Next);
