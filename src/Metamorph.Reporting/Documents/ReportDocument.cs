using System.Collections.Immutable;
using System.Text.Json;
using Metamorph.Model;

namespace Metamorph.Reporting;

/// <summary>The <c>report.json</c> of a run: its status and all that it took. Its shape is a contract: <c>docs/operating/json.md</c>.</summary>
public sealed record ReportDocument : StatusDocument
{
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required ImmutableArray<NodeDocument> Nodes { get; init; }

    /// <summary>Absent for a roll, which moves no replicas.</summary>
    public MovesDocument? Moves { get; init; }

    public required ImmutableArray<FeatureDocument> Features { get; init; }

    public required ImmutableArray<string> Leftovers { get; init; }

    public required ImmutableArray<WaitDocument> Waits { get; init; }

    public required ImmutableArray<Finding> Findings { get; init; }

    public static ReportDocument Of(RunStory story)
    {
        var status = StatusDocument.Of(story.State, story.Plan, story.Now);
        return new ReportDocument
        {
            Run = status.Run,
            Cluster = status.Cluster,
            Change = status.Change,
            State = status.State,
            Steps = status.Steps,
            Current = status.Current,
            WaitingFor = status.WaitingFor,
            Eta = status.Eta,
            WayBack = status.WayBack,
            Ending = status.Ending,
            StartedAt = story.State.StartedAt,
            EndedAt = story.State.EndedAt,
            Nodes = [.. story.State.Nodes.Values.Select(Of)],
            Features = [.. story.State.Finalized.Select(feature => new FeatureDocument(feature.Feature, feature.From, feature.To))],
            Leftovers = story.State.Leftovers,
            Waits = [.. story.Waits.Select(Of)],
            Findings = story.Plan.Findings,
        };
    }

    public new string ToJson() => JsonSerializer.Serialize(this, ReportingJson.Default.ReportDocument);

    private static NodeDocument Of(NodeTimes times) => new(
        times.Node,
        times.From,
        times.To,
        Seconds(times.Stop),
        Seconds(times.Start),
        Seconds(times.CatchUp),
        Seconds(times.Wait),
        times.Restarts);

    private static WaitDocument Of(WaitStory wait) => new(
        wait.Wait.Step,
        wait.Wait.Gate,
        wait.Wait.Node,
        wait.Wait.Since,
        Seconds(wait.Lasted),
        Wording.Brief(wait.Wait.Objections, wait.Wait.Node));

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}

public sealed record NodeDocument(
    NodeId Id,
    KafkaRelease? From,
    KafkaRelease? To,
    double StopSeconds,
    double StartSeconds,
    double CatchUpSeconds,
    double WaitSeconds,
    int Restarts);

/// <param name="Replicas">Replicas that were moved.</param>
/// <param name="Bytes">Bytes that were copied.</param>
/// <param name="LowerBoundBytes">What any plan to the same end must copy.</param>
/// <param name="LeaderMoves">Leaders that were moved on purpose.</param>
public sealed record MovesDocument(int Replicas, long Bytes, long LowerBoundBytes, int LeaderMoves);

public sealed record FeatureDocument(string Name, short From, short To);

public sealed record WaitDocument(StepId Step, string Gate, NodeId? Node, DateTimeOffset Since, double Seconds, string Text);
