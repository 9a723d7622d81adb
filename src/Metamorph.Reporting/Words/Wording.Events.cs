using Metamorph.Model;

namespace Metamorph.Reporting;

public static partial class Wording
{
    /// <summary>One event, complete without the ones before it.</summary>
    public static EventWords Of(UpgradeEvent happened, UpgradePlan plan) => happened switch
    {
        UpgradeEvent.RunStarted e => new(e.Cluster, $"taken by process {e.Pid}: {e.From} → {e.To}, {Quantity.Of(e.Steps.Length, "step")}"),
        UpgradeEvent.StepStarted e => new(SubjectOf(e.Step, plan), $"begins: {Title(e.Step, plan)}"),
        UpgradeEvent.StepWaiting { Objections.IsEmpty: true } e => new(SubjectOf(e.Step, plan), "the gate is open; going on"),
        UpgradeEvent.StepWaiting e => new(
            e.Node is { } node ? Node(node) : SubjectOf(e.Step, plan), $"waits: {Brief(e.Objections, e.Node)}"),
        UpgradeEvent.StepSucceeded e => new(SubjectOf(e.Step, plan), $"done: {Title(e.Step, plan)}"),
        UpgradeEvent.StepHalted e => new(SubjectOf(e.Step, plan), $"halted: {e.Reason}"),
        UpgradeEvent.StepInterrupted e => new(
            SubjectOf(e.Step, plan), $"was interrupted when Metamorph ended: {Title(e.Step, plan)}; it is checked again"),
        UpgradeEvent.StepSkipped e => new(SubjectOf(e.Step, plan), $"nothing to do: {e.Why}"),
        UpgradeEvent.ConfigBackedUp e => new("backup", $"{e.What} is kept in {e.File}"),
        UpgradeEvent.NodeStopping e => new(
            Node(e.Node), $"controlled shutdown of {e.Release?.ToString() ?? "an unknown release"} begins (pid {e.Pid})"),
        UpgradeEvent.NodeStopped e => new(Node(e.Node), "stopped"),
        UpgradeEvent.NodeStarting e => new(Node(e.Node), $"starting on {e.Release}"),
        UpgradeEvent.NodeStarted e => new(Node(e.Node), $"process {e.Pid} runs"),
        UpgradeEvent.NodeServing e => new(Node(e.Node), "serving"),
        UpgradeEvent.NodeCaughtUp e => new(Node(e.Node), "caught up: every replica on it is in sync"),
        UpgradeEvent.NodeLogged e => new(Node(e.Node), $"│ {e.Line}"),
        UpgradeEvent.LeadershipReturning e => new(
            Node(e.Node), $"leadership of {Quantity.Of(e.Partitions, "partition")} returns to it by preferred election"),
        UpgradeEvent.GhostUnregistering e => new(Node(e.Node), "is gone; its registration is removed"),
        UpgradeEvent.FeatureFinalizing e => new(e.Feature, $"{e.From} → {e.To} is asked of Kafka; a dry run has passed"),
        UpgradeEvent.FeatureFinalized e => new(e.Feature, $"finalized at {e.To} (was {e.From})"),
        UpgradeEvent.RequestTaken e => new("operator", $"{Of(e.Request)}, asked by {e.By}"),
        UpgradeEvent.RequestRefused e => new("operator", $"{e.File} in requests/ is no request and was moved aside: {e.Why}"),
        UpgradeEvent.LeftoverFound e => new("left behind", e.What),
        UpgradeEvent.RunEnded e => new("run", e.Text.Length == 0 || e.Text == Of(e.Ending) ? Of(e.Ending) : $"{Of(e.Ending)}: {e.Text}"),
        _ => throw new InvalidOperationException($"no words for {happened.GetType().Name}"),
    };

    public static string Of(OperatorRequest request) => request switch
    {
        OperatorRequest.Pause => "pause after the step in hand",
        OperatorRequest.Resume => "go on",
        OperatorRequest.Abort => "give the run up after the step in hand",
        OperatorRequest.Approve => "the finalisation is approved",
        _ => throw new InvalidOperationException($"no words for {request}"),
    };

    /// <summary>The first objections in one line, the rest counted.</summary>
    internal static string Brief(IEnumerable<Objection> objections, NodeId? node)
    {
        var worded = Of(objections, node);
        return worded.Length switch
        {
            0 => "nothing",
            1 => worded[0].Text,
            _ => $"{worded[0].Text} (and {Quantity.Of(worded.Length - 1, "more reason")})",
        };
    }

    internal static string Title(StepId id, UpgradePlan plan) => Find(id, plan) is { } step ? Of(step) : id.Value;

    internal static string SubjectOf(StepId id, UpgradePlan plan) => Find(id, plan) switch
    {
        null => "step",
        Step.BackUpConfigs => "backup",
        Step.RestartNode s => Node(s.Node),
        Step.AwaitApproval => "approval",
        Step.UnregisterGhost s => Node(s.Node),
        Step.FinalizeFeature s => s.Feature,
        Step.VerifyEnd => "verify",
        var step => throw new InvalidOperationException($"no subject for {step.GetType().Name}"),
    };

    private static Step? Find(StepId id, UpgradePlan plan) => plan.Steps.FirstOrDefault(step => step.Id == id);
}

/// <summary>An event in words.</summary>
/// <param name="Subject">What it happened to: <c>node 2</c>.</param>
/// <param name="Text">What happened, without a dot.</param>
public sealed record EventWords(string Subject, string Text);
