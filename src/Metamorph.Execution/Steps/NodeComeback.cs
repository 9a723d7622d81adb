using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Observation;
using Metamorph.Safety;

namespace Metamorph.Execution;

/// <summary>Sees a started node back to where it was: serving, in sync, leading what it should, and that on several looks.</summary>
internal sealed class NodeComeback(UpgradeRun run)
{
    private readonly GateWait gate = new(run);

    /// <summary>All that <see cref="WaitAsync"/> waits for already holds.</summary>
    public static bool IsComplete(ClusterSnapshot now, Step.RestartNode step) =>
        IsBackGate.JudgeServing(now, step.Node, step.To)
            .And(IsBackGate.JudgeCaughtUp(now, step.Node))
            .And(IsBackGate.JudgeLeadership(now, step.Node))
            .IsOpen;

    public async Task<StepOutcome> WaitAsync(Step.RestartNode step, NodeLog log, Observed<long> epochBefore, CancellationToken cancellationToken)
    {
        var caughtUp = new AwaitedGate(step.Id, GateNames.IsBack, step.Node, CaughtUp(step))
        {
            Alone = step.Node,
            Failure = (now, token) => ProcessDiedAsync(step, now, log, token),
        };
        var serving = caughtUp with
        {
            // A node starts for seconds; what its partitions do until it serves is of no use, and much to read each time.
            Scope = SnapshotScope.Nodes,
            Judge = now => IsBackGate.JudgeServing(now, step.Node, step.To).And(IsBackGate.JudgeRegisteredAnew(now, step.Node, epochBefore)),
        };
        if (await log.WhileAsync(token => gate.UntilOpenAsync(serving, token), cancellationToken) is { } notServing)
        {
            return notServing;
        }

        run.Append(new UpgradeEvent.NodeServing(step.Id, step.Node));
        if (await gate.UntilOpenAsync(caughtUp, cancellationToken) is { } behind)
        {
            return behind;
        }

        run.Append(new UpgradeEvent.NodeCaughtUp(step.Id, step.Node));
        var stable = caughtUp with
        {
            Judge = now => caughtUp.Judge(now).And(IsBackGate.JudgeLeadership(now, step.Node)),
            StableReads = run.Options.StableReads,
            Nudge = ReturnLeaderships(step),
        };
        return await gate.UntilOpenAsync(stable, cancellationToken, first: gate.OpenedBy) ?? new StepOutcome.Succeeded();
    }

    /// <summary>Asks at once, and again later: an election may find the node not ready yet, and a leadership may go away again.</summary>
    private Func<ClusterSnapshot, CancellationToken, Task> ReturnLeaderships(Step.RestartNode step)
    {
        long? asked = null;
        return async (now, cancellationToken) =>
        {
            var missing = IsBackGate.JudgeLeadership(now, step.Node).Objections
                .Select(objection => objection.About).OfType<TopicPartition>().ToImmutableArray();
            if (!missing.IsEmpty && (asked is not { } before || run.Time.GetElapsedTime(before) >= run.Options.ElectionRetry))
            {
                asked = run.Time.GetTimestamp();
                run.Append(new UpgradeEvent.LeadershipReturning(step.Id, step.Node, missing.Length));
                await ElectAsync(missing, cancellationToken);
            }
        };
    }

    /// <summary>Preferred elections in paced batches: all at once would move every client of the node in the same moment.</summary>
    private async Task ElectAsync(ImmutableArray<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        foreach (var (batch, index) in partitions.Chunk(run.Options.ElectionBatch).Select((batch, index) => (batch, index)))
        {
            if (index > 0)
            {
                await run.DelayAsync(run.Options.ElectionPace, cancellationToken);
            }

            await run.Control.ElectPreferredLeadersAsync(batch, cancellationToken);
        }
    }

    /// <summary>A process that ended by itself will not come back by waiting.</summary>
    private async Task<StepOutcome?> ProcessDiedAsync(
        Step.RestartNode step, ClusterSnapshot now, NodeLog log, CancellationToken cancellationToken)
    {
        if (now.Nodes[step.Node].Process is not { IsKnown: true, Value: null })
        {
            return null;
        }

        var last = await log.LastLinesAsync(cancellationToken);
        return new StepOutcome.Blocked(
            $"node {step.Node} was started on {step.To} and its process ended by itself; it is down. It wrote last: {last}");
    }

    private static Func<ClusterSnapshot, GateVerdict> CaughtUp(Step.RestartNode step) => now =>
        IsBackGate.JudgeServing(now, step.Node, step.To).And(IsBackGate.JudgeCaughtUp(now, step.Node));
}
