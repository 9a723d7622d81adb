using Metamorph.Model;

namespace Metamorph.Execution;

/// <summary>Removes the registration of a broker that is gone, because Kafka counts it when a feature is to be raised.</summary>
/// <remarks>UnregisterBroker checks nothing itself, so it is asked here, twice: fenced, not in the cluster file, no replicas.</remarks>
internal sealed class UnregisterGhostHandler(UpgradeRun run) : StepHandler<Step.UnregisterGhost>
{
    protected override Precheck Check(Step.UnregisterGhost step, StepView view)
    {
        if (!view.Now.Nodes.TryGetValue(step.Node, out var node)
            || node.Registration is { IsKnown: true, Value: BrokerRegistration.Absent })
        {
            return new Precheck.AlreadyDone($"broker {step.Node} is not registered");
        }

        if (!node.Registration.IsKnown)
        {
            return Wait(step, $"the registration of broker {step.Node}", node.Registration.Why!);
        }

        if (node.IsConfigured || node.Registration.Value != BrokerRegistration.Fenced)
        {
            return new Precheck.Refused($"broker {step.Node} is not a ghost: its registration is {node.Registration}");
        }

        if (!view.Now.Topics.IsKnown)
        {
            return Wait(step, "topics and partitions", view.Now.Topics.Why!);
        }

        var replicas = view.Now.ReplicasOn(step.Node);
        return replicas == 0
            ? new Precheck.Ready()
            : new Precheck.Refused($"broker {step.Node} is gone but still holds {replicas} replicas; move them first");
    }

    protected override async Task<StepOutcome> RunAsync(Step.UnregisterGhost step, ClusterSnapshot seen, CancellationToken cancellationToken)
    {
        // A second look, from a snapshot of its own: what cannot be undone is confirmed twice.
        var again = await run.ObserveAsync(Observation.SnapshotScope.Health, cancellationToken);
        if (Check(step, new StepView(again, Before: null, run.State, run.Time.GetUtcNow())) is not Precheck.Ready)
        {
            return new StepOutcome.Postponed($"broker {step.Node} changed while it was looked at");
        }

        run.Append(new UpgradeEvent.GhostUnregistering(step.Id, step.Node));
        await run.Control.UnregisterBrokerAsync(step.Node, cancellationToken);
        return await new GateWait(run).UntilOpenAsync(
            new AwaitedGate(step.Id, GateNames.MayFinalize, step.Node, now => StillThere(now, step.Node)), cancellationToken)
            ?? new StepOutcome.Succeeded();
    }

    private static Precheck.MustWait Wait(Step.UnregisterGhost step, string what, string why) =>
        new(GateNames.MayFinalize, step.Node, GateVerdict.Of([new Objection.NotKnown(what, why)]));

    private static GateVerdict StillThere(ClusterSnapshot now, NodeId ghost) =>
        now.Nodes.TryGetValue(ghost, out var node) && node.Registration is not { IsKnown: true, Value: BrokerRegistration.Absent }
            ? GateVerdict.Of([new Objection.GhostBroker(ghost, Replicas: 0)])
            : GateVerdict.Open;
}
