using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Reporting;

/// <summary>All that a live screen shows at one moment. What draws it decides nothing but colours and widths.</summary>
public sealed record LiveModel
{
    public required string Run { get; init; }

    public required string Cluster { get; init; }

    public required KafkaRelease From { get; init; }

    public required KafkaRelease To { get; init; }

    public required RunPhase Phase { get; init; }

    /// <summary>The phase in words, with a pause or an end that was asked for and has not taken hold.</summary>
    public required string State { get; init; }

    /// <summary>Since the run began, the first time; until it ended.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Until it is expected to be done; null while it does not go on by itself.</summary>
    public required TimeSpan? Remaining { get; init; }

    public required string WayBack { get; init; }

    public required ImmutableArray<LiveStep> Steps { get; init; }

    public int StepsDone => Steps.Count(step => step.Mark is StepMark.Done or StepMark.Skipped);

    /// <summary>The closed gate; null when none is.</summary>
    public required LiveWait? Wait { get; init; }

    /// <summary>The first step that has not begun; null when none is left.</summary>
    public required string? Next { get; init; }

    /// <summary>What nodes wrote last, oldest first.</summary>
    public required ImmutableArray<LiveLogLine> NodeLog { get; init; }

    /// <summary>How it ended; null while an executor has it.</summary>
    public required Verdict? Verdict { get; init; }

    public static LiveModel Of(RunState state, UpgradePlan plan, DateTimeOffset now, ImmutableArray<LiveLogLine> nodeLog = default) => new()
    {
        Run = state.Run,
        Cluster = plan.Cluster,
        From = plan.From,
        To = plan.To,
        Phase = state.Phase,
        State = StateOf(state),
        Elapsed = state.StartedAt is { } start ? Positive((state.EndedAt ?? now) - start) : TimeSpan.Zero,
        Remaining = Forecast.End(state, plan, now) is { } end ? Positive(end - now) : null,
        WayBack = Wording.WayBack(state, plan),
        Steps = [.. InOrder(state, plan).Select(step => LiveStep.Of(step, state, now))],
        Wait = state.Wait is { } wait ? LiveWait.Of(wait, state.EndedAt ?? now) : null,
        Next = InOrder(state, plan).FirstOrDefault(step => state.StatusOf(step.Id) is StepStatus.Pending) is { } next ? Wording.Of(next) : null,
        NodeLog = nodeLog.IsDefault ? [] : nodeLog,
        Verdict = state.Ending is null ? null : Wording.Verdict(state, plan),
    };

    private static IEnumerable<Step> InOrder(RunState state, UpgradePlan plan) => state.StepOrder.IsDefaultOrEmpty
        ? plan.Steps
        : state.StepOrder.Select(id => plan.Steps.FirstOrDefault(step => step.Id == id)).OfType<Step>();

    private static string StateOf(RunState state) => (state.Ending, state.IsAbortAsked, state.IsPauseAsked, state.Phase) switch
    {
        (not null, _, _, _) => Wording.Of(state.Phase),
        (null, true, _, _) => $"{Wording.Of(state.Phase)}; ends after the step in hand",
        (null, _, true, not RunPhase.Paused) => $"{Wording.Of(state.Phase)}; pauses after the step in hand",
        _ => Wording.Of(state.Phase),
    };

    private static TimeSpan Positive(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;
}

/// <summary>One step on the live screen.</summary>
/// <param name="Id">Its name in the plan.</param>
/// <param name="Title">What it does.</param>
/// <param name="Mark">Where it stands.</param>
/// <param name="Detail">Why it was skipped or halted; null otherwise.</param>
/// <param name="Took">How long it has run, or ran; null before it began or where that is not known.</param>
public sealed record LiveStep(StepId Id, string Title, StepMark Mark, string? Detail, TimeSpan? Took)
{
    internal static LiveStep Of(Step step, RunState state, DateTimeOffset now)
    {
        var title = Wording.Of(step);
        return state.StatusOf(step.Id) switch
        {
            StepStatus.Pending when state.Wait is { } wait && wait.Step == step.Id =>
                new(step.Id, title, StepMark.Waiting, Detail: null, (state.EndedAt ?? now) - wait.Since),
            StepStatus.Pending => new(step.Id, title, StepMark.Pending, Detail: null, Took: null),
            StepStatus.Running running when state.Wait is { } wait && wait.Step == step.Id =>
                new(step.Id, title, StepMark.Waiting, Detail: null, now - running.Since),
            StepStatus.Running running => new(step.Id, title, StepMark.Running, Detail: null, now - running.Since),
            StepStatus.Halted halted => new(step.Id, title, StepMark.Halted, halted.Reason, Took: null),
            StepStatus.Done { Skipped: { } why } => new(step.Id, title, StepMark.Skipped, why, Took: null),
            StepStatus.Done => new(step.Id, title, StepMark.Done, Detail: null, TookOf(step, state)),
            var other => throw new InvalidOperationException($"no mark for {other.GetType().Name}"),
        };
    }

    private static TimeSpan? TookOf(Step step, RunState state) => step is Step.RestartNode restart
        && state.Nodes.TryGetValue(restart.Node, out var times) && times.Restarts == 1
            ? times.Stop + times.Start + times.CatchUp + times.Wait
            : null;
}

/// <summary>Where a step stands on the live screen.</summary>
public enum StepMark
{
    Pending,
    Waiting,
    Running,
    Done,
    Skipped,
    Halted,
}

/// <param name="Question">What the gate asks.</param>
/// <param name="Reasons">What keeps it closed, grouped.</param>
/// <param name="Since">Since when.</param>
/// <param name="Lasted">How long until now.</param>
public sealed record LiveWait(string Question, ImmutableArray<WordedObjection> Reasons, DateTimeOffset Since, TimeSpan Lasted)
{
    internal static LiveWait Of(RunWait wait, DateTimeOffset now) =>
        new(Wording.Gate(wait.Gate, wait.Node), Wording.Of(wait.Objections, wait.Node), wait.Since, now - wait.Since);
}

/// <summary>A line that a node wrote.</summary>
public sealed record LiveLogLine(DateTimeOffset At, NodeId Node, string Line);
