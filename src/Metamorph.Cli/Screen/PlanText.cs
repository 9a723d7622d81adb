using System.Collections.Immutable;
using System.Text;
using Metamorph.Model;
using Metamorph.Reporting;

namespace Metamorph.Cli;

/// <summary>Findings and plans for a person.</summary>
internal static class PlanText
{
    public static string Of(ImmutableArray<Finding> findings)
    {
        if (findings.IsEmpty)
        {
            return "preflight: nothing found";
        }

        var text = new StringBuilder();
        foreach (var finding in findings)
        {
            text.AppendLine($"{Wording.Of(finding.Severity),-8} {finding.Code,-24} {Wording.Of(finding)}");
        }

        var refusals = findings.Count(finding => finding.Severity == FindingSeverity.Refusal);
        text.Append(refusals > 0
            ? $"preflight: {refusals} of {findings.Length} findings forbid the upgrade; nothing was touched"
            : $"preflight: {findings.Length} findings, none forbids the upgrade");
        return text.ToString();
    }

    public static string Of(UpgradePlan plan)
    {
        if (plan.Steps.IsEmpty)
        {
            return plan.Finalize.Mode == FinalizeMode.Never
                ? $"{plan.Cluster}: nothing to do: every node runs {plan.To}, and the features are to be left as they are"
                : $"{plan.Cluster}: nothing to do: every node runs {plan.To} and its features are finalized";
        }

        var text = new StringBuilder();
        text.AppendLine($"{plan.Cluster}: {plan.From} → {plan.To}, {plan.Steps.Length} steps, about {Quantity.Of(plan.Forecast)} without waiting for approval");
        foreach (var (step, index) in plan.Steps.Select((step, index) => (step, index + 1)))
        {
            text.AppendLine($"  {index,3}  {Wording.Of(step)}");
        }

        text.Append(plan.Steps.Any(step => step is Step.AwaitApproval)
            ? $"The way back to {plan.From} is open until the first feature is raised. The order of nodes is read anew before each: the active controller goes last."
            : "The order of nodes is read anew before each: the active controller goes last.");
        return text.ToString();
    }
}
