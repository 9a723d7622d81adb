using Metamorph.Model;

namespace Metamorph.Reporting;

public static partial class Wording
{
    /// <summary>A step as the plan and the live view show it: <c>Restart node 2: 3.9.2 → 4.3.1</c>.</summary>
    public static string Of(Step step) => step switch
    {
        Step.BackUpConfigs => "Back up the configs",
        Step.RestartNode { Reason: RestartReason.Upgrade } s => $"Restart node {s.Node}: {s.From} → {s.To}",
        Step.RestartNode { Reason: RestartReason.RegisterAgain } s =>
            $"Restart node {s.Node} once more, so that it registers with a controller on {s.To}",
        Step.AwaitApproval s => Of(s.Policy),
        Step.UnregisterGhost s => $"Unregister broker {s.Node}, which is gone",
        Step.FinalizeFeature s => $"Finalize {s.Feature}: {s.From} → {s.To}",
        Step.VerifyEnd s => $"Verify that every node runs {s.Target}",
        _ => throw new InvalidOperationException($"no words for {step.GetType().Name}"),
    };

    public static string Of(RollPhase phase) => phase switch
    {
        RollPhase.Controllers => "controllers",
        RollPhase.Brokers => "brokers",
        RollPhase.RegisterAgain => "brokers that register again",
        _ => throw new InvalidOperationException($"no words for {phase}"),
    };

    public static string Of(FinalizePolicy policy) => policy.Mode switch
    {
        FinalizeMode.Ask => "Wait for the approval of the finalisation",
        FinalizeMode.Never => "Leave the features as they are",
        FinalizeMode.Now => "Go on to the finalisation, approved at the start",
        FinalizeMode.After => $"Let the cluster soak for {Quantity.Of(policy.Soak)} before the finalisation",
        _ => throw new InvalidOperationException($"no words for {policy.Mode}"),
    };

    /// <summary>What a gate asks.</summary>
    public static string Gate(string gate, NodeId? node) => gate switch
    {
        GateNames.MayStop => $"May {Node(node)} stop now?",
        GateNames.IsBack => $"Is {Node(node)} back?",
        GateNames.MayFinalize => "May the feature be raised now?",
        GateNames.Approval => "Is the finalisation approved?",
        GateNames.Observe => "Can the cluster be read?",
        _ => gate,
    };

    /// <summary>One finding: <c>topic audit: has 1 replica, expected 2 or more. Raise its replication factor.</c></summary>
    public static string Of(Finding finding)
    {
        var expected = finding.Expected.Length == 0 ? "" : $", expected {finding.Expected}";
        var remedy = finding.Remedy.Length == 0 ? "" : $". {finding.Remedy}";
        return $"{finding.Subject}: {finding.Found}{expected}{remedy}";
    }

    public static string Of(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Note => "note",
        FindingSeverity.Warning => "warning",
        FindingSeverity.Refusal => "refusal",
        _ => throw new InvalidOperationException($"no words for {severity}"),
    };

    private static string Node(NodeId? node) => node is { } id ? $"node {id}" : "the node";
}
