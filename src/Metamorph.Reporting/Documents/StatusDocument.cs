using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Metamorph.Model;

namespace Metamorph.Reporting;

/// <summary>What <c>metamorph status --format json</c> prints. Its shape is a contract: <c>docs/operating/json.md</c>.</summary>
public record StatusDocument
{
    [JsonPropertyOrder(-20)]
    public required string Run { get; init; }

    [JsonPropertyOrder(-19)]
    public required string Cluster { get; init; }

    [JsonPropertyOrder(-18)]
    public required ChangeDocument Change { get; init; }

    /// <summary>planned | running | waiting | paused | awaiting-approval | done | blocked | failed | aborted</summary>
    [JsonPropertyOrder(-17)]
    public required string State { get; init; }

    [JsonPropertyOrder(-16)]
    public required StepCountDocument Steps { get; init; }

    /// <summary>The step in hand.</summary>
    [JsonPropertyOrder(-15)]
    public CurrentStepDocument? Current { get; init; }

    [JsonPropertyOrder(-14)]
    public required ImmutableArray<WaitingForDocument> WaitingFor { get; init; }

    /// <summary>The moment at which the run is expected to be done; absent while it does not go on by itself.</summary>
    [JsonPropertyOrder(-13)]
    public DateTimeOffset? Eta { get; init; }

    [JsonPropertyOrder(-12)]
    public required WayBackDocument WayBack { get; init; }

    /// <summary>How the last executor let the run go; absent while one has it.</summary>
    [JsonPropertyOrder(-11)]
    public EndingDocument? Ending { get; init; }

    public static StatusDocument Of(RunState state, UpgradePlan plan, DateTimeOffset now) => new()
    {
        Run = state.Run,
        Cluster = plan.Cluster,
        Change = new ChangeDocument("version", plan.From, plan.To),
        State = Wording.StateOf(state.Phase),
        Steps = new StepCountDocument(state.StepsDone, plan.Steps.Length),
        Current = CurrentOf(state, plan),
        WaitingFor = WaitsOf(state),
        Eta = Forecast.End(state, plan, now),
        WayBack = new WayBackDocument(Wording.IsWayBackOpen(state), Wording.WayBack(state, plan)),
        Ending = state.Ending is { } ending ? EndingOf(ending, state, plan) : null,
    };

    public string ToJson() => JsonSerializer.Serialize(this, ReportingJson.Default.StatusDocument);

    private protected static CurrentStepDocument? CurrentOf(RunState state, UpgradePlan plan) =>
        state.Current is { } step
            ? new CurrentStepDocument(step, Wording.Title(step, plan), (state.StatusOf(step) as StepStatus.Running)?.Since)
            : null;

    private protected static ImmutableArray<WaitingForDocument> WaitsOf(RunState state) => state.Wait is { } wait
        ? [.. Wording.Of(wait.Objections, wait.Node)
            .Select(worded => new WaitingForDocument(wait.Gate, wait.Node, worded.Text, worded.Partitions, wait.Since))]
        : [];

    private protected static EndingDocument EndingOf(UpgradeEvent.RunEnded ending, RunState state, UpgradePlan plan)
    {
        var verdict = Wording.Verdict(state, plan);
        return new EndingDocument(Wording.NameOf(ending.Ending), verdict.Happened, verdict.Stands, verdict.Next);
    }
}

/// <param name="Kind"><c>version</c></param>
/// <param name="From">The lowest release when the plan was made.</param>
/// <param name="To">The target.</param>
public sealed record ChangeDocument(string Kind, KafkaRelease From, KafkaRelease To);

public sealed record StepCountDocument(int Done, int Total);

public sealed record CurrentStepDocument(StepId Id, string Title, DateTimeOffset? Since);

/// <param name="Gate">may-stop | is-back | may-finalize | approval | observe</param>
/// <param name="Node">The node that the gate is about.</param>
/// <param name="Text">What keeps it closed, in words.</param>
/// <param name="Partitions">Every partition that it is true of.</param>
/// <param name="Since">Since when the gate is closed.</param>
public sealed record WaitingForDocument(
    string Gate, NodeId? Node, string Text, ImmutableArray<TopicPartition> Partitions, DateTimeOffset Since);

public sealed record WayBackDocument(bool IsOpen, string Text);

/// <param name="Kind">done | blocked | refused | stopped | aborted | awaiting-approval | failed | unreachable</param>
/// <param name="Happened">What happened.</param>
/// <param name="Stands">How the cluster stands now.</param>
/// <param name="Next">What to do next.</param>
public sealed record EndingDocument(string Kind, string Happened, string Stands, string Next);
