using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Releases;
using Metamorph.Safety;

namespace Metamorph.Execution;

/// <summary>Raises one finalized feature: gate, dry run, deed, read back. It never lowers one, and restarts nothing.</summary>
internal sealed class FinalizeFeatureHandler(UpgradeRun run) : StepHandler<Step.FinalizeFeature>
{
    protected override Precheck Check(Step.FinalizeFeature step, StepView view)
    {
        if (!view.Now.Features.IsKnown)
        {
            return Wait(GateVerdict.Of([new Objection.NotKnown("the finalized features", view.Now.Features.Why!)]));
        }

        var level = view.Now.Features.Value.LevelOf(step.Feature);
        if (level >= step.To)
        {
            return new Precheck.AlreadyDone($"{step.Feature} is {level}");
        }

        var verdict = MayFinalizeGate.Judge(view.Now, run.Plan.To, step.Feature, step.To);
        if (verdict.Objections.FirstOrDefault(objection => objection is Objection.GhostController or Objection.GhostBroker) is { } ghost)
        {
            return new Precheck.Refused(RemedyFor(ghost));
        }

        return verdict.IsOpen ? new Precheck.Ready() : Wait(verdict);
    }

    protected override async Task<StepOutcome> RunAsync(Step.FinalizeFeature step, ClusterSnapshot seen, CancellationToken cancellationToken)
    {
        if (await DryRunAsync(step, cancellationToken) is { } refused)
        {
            return refused;
        }

        run.Append(new UpgradeEvent.FeatureFinalizing(step.Id, step.Feature, step.From, step.To));
        var refusals = await run.Control.RaiseFeaturesAsync(
            new Dictionary<string, short> { [step.Feature] = step.To }, validateOnly: false, cancellationToken);
        if (!refusals.IsEmpty)
        {
            return await RefusedAsync(step, refusals, cancellationToken);
        }

        var notThere = await new GateWait(run).UntilOpenAsync(
            new AwaitedGate(step.Id, GateNames.MayFinalize, Node: null, now => HasLevel(now, step)), cancellationToken);
        if (notThere is not null)
        {
            return notThere;
        }

        run.Append(new UpgradeEvent.FeatureFinalized(step.Id, step.Feature, step.From, step.To));
        return new StepOutcome.Succeeded();
    }

    /// <summary>Asks Kafka first, for this and every feature still to come: a later refusal is better known before the first deed.</summary>
    private async Task<StepOutcome?> DryRunAsync(Step.FinalizeFeature step, CancellationToken cancellationToken)
    {
        var wanted = run.Plan.Steps.OfType<Step.FinalizeFeature>()
            .Where(other => run.State.StatusOf(other.Id) is not StepStatus.Done)
            .ToDictionary(other => other.Feature, other => other.To);
        var patience = new WaitPatience(run.Time, run.Options.FeaturePatience);
        while (true)
        {
            var refusals = await run.Control.RaiseFeaturesAsync(wanted, validateOnly: true, cancellationToken);
            run.AppendWait(step.Id, GateNames.MayFinalize, node: null, [.. refusals]);
            if (refusals.IsEmpty)
            {
                return null;
            }

            if (patience.IsOverFor(refusals))
            {
                return await RefusedAsync(step, refusals, cancellationToken);
            }

            await run.DelayAsync(run.Options.PollInterval, cancellationToken);
        }
    }

    /// <summary>Says what the cluster holds now, re-read, rather than what was hoped for.</summary>
    private async Task<StepOutcome> RefusedAsync(
        Step.FinalizeFeature step, ImmutableArray<Objection.KafkaRefused> refusals, CancellationToken cancellationToken)
    {
        var now = await run.ObserveAsync(Observation.SnapshotScope.Nodes, cancellationToken);
        var level = now.Features.IsKnown ? now.Features.Value.LevelOf(step.Feature).ToString() : "unknown";
        var reasons = string.Join("; ", refusals.Select(refusal => $"{refusal.Feature} {refusal.Level}: {refusal.Error} {refusal.Message}"));
        return new StepOutcome.Refused(
            $"all nodes run {run.Plan.To}, the finalisation is pending: Kafka refused ({reasons}); {step.Feature} is {level}{RemedyFor(refusals)}");
    }

    /// <summary>A broker that is said to lack a feature which its binary has told the controller nothing of it.</summary>
    private string RemedyFor(ImmutableArray<Objection.KafkaRefused> refusals)
    {
        var untold = RegistrationRules.FeaturesNeedingNewRegistration(run.Plan.To.Line);
        return refusals.Any(refusal => untold.Any(feature => refusal.Feature.Contains(feature, StringComparison.Ordinal)))
            ? ". If Kafka names a broker that does not support a feature, that broker registered with a controller older than 3.9: restart it once, then resume"
            : "";
    }

    private static GateVerdict HasLevel(ClusterSnapshot now, Step.FinalizeFeature step) =>
        now.Features.IsKnown && now.Features.Value.LevelOf(step.Feature) >= step.To
            ? GateVerdict.Open
            : GateVerdict.Of([new Objection.NotKnown($"{step.Feature} {step.To}", "the brokers do not show the new level yet")]);

    private static string RemedyFor(Objection ghost) => ghost switch
    {
        Objection.GhostController controller =>
            $"controller {controller.Node} is registered but not in the cluster file; Kafka checks it whenever a feature is raised. " +
            "Start it once more on the target release, so that it registers anew, or (from 4.4 on) unregister it",
        Objection.GhostBroker { Replicas: 0 } broker =>
            $"broker {broker.Node} is registered but not in the cluster file, and holds no replicas. " +
            "Abort this run and start the upgrade again: the new plan unregisters the broker if it is down, and says what to do if it runs",
        Objection.GhostBroker broker =>
            $"broker {broker.Node} is registered but not in the cluster file, and holds {broker.Replicas?.ToString() ?? "an unknown number of"} replicas. " +
            "Bring it back, or move its replicas and unregister it",
        _ => throw new InvalidOperationException($"not a ghost: {ghost}"),
    };

    private static Precheck.MustWait Wait(GateVerdict verdict) => new(GateNames.MayFinalize, Node: null, verdict);
}
