using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Observation;
using Metamorph.Safety;

namespace Metamorph.Execution;

/// <summary>The last look: every node serves on the target with its replicas in sync, the features are where the plan puts them, nothing of ours is left.</summary>
internal sealed class VerifyEndHandler(UpgradeRun run) : StepHandler<Step.VerifyEnd>
{
    protected override Precheck Check(Step.VerifyEnd step, StepView view)
    {
        var verdict = Judge(view.Now, step);
        return verdict.IsOpen ? new Precheck.Ready() : new Precheck.MustWait(GateNames.IsBack, Node: null, verdict);
    }

    protected override async Task<StepOutcome> RunAsync(Step.VerifyEnd step, ClusterSnapshot seen, CancellationToken cancellationToken)
    {
        foreach (var driver in run.Drivers.Values)
        {
            var observed = await driver.ObserveAsync(cancellationToken);
            if (!observed.Installed.IsKnown || observed.Installed.Value != step.Target)
            {
                run.Append(new UpgradeEvent.LeftoverFound($"the home of node {driver.Node} points to {observed.Installed}, not to {step.Target}"));
            }
        }

        return new StepOutcome.Succeeded();
    }

    private GateVerdict Judge(ClusterSnapshot now, Step.VerifyEnd step) => GateVerdict.Of(
    [
        .. now.Nodes.Values.Where(node => node.IsConfigured).SelectMany(node => IsBackGate.JudgeServing(now, node.Id, step.Target).Objections),
        .. now.Nodes.Values.Where(node => node.IsConfigured).SelectMany(node => IsBackGate.JudgeCaughtUp(now, node.Id).Objections),
        .. FeaturesMissing(now),
    ]);

    private IEnumerable<Objection> FeaturesMissing(ClusterSnapshot now) =>
        now.Features.IsKnown
            ? run.Plan.Steps.OfType<Step.FinalizeFeature>()
                .Where(feature => now.Features.Value.LevelOf(feature.Feature) < feature.To)
                .Select(feature => new Objection.NotKnown($"{feature.Feature} {feature.To}", $"it is {now.Features.Value.LevelOf(feature.Feature)}"))
            : [new Objection.NotKnown("the finalized features", now.Features.Why!)];
}
