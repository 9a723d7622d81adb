using Metamorph.Model;
using Metamorph.Observation;

namespace Metamorph.Execution;

/// <summary>Waits for a gate in the middle of a step: looks, journals what is missing, and gives up when nothing changes any more.</summary>
internal sealed class GateWait(UpgradeRun run)
{
    /// <summary>What the gate that opened last was judged by; null: none has.</summary>
    public ClusterSnapshot? OpenedBy { get; private set; }

    /// <summary>Looks until the verdict is open for as many consecutive snapshots as asked.</summary>
    /// <param name="gate">What is waited for, and how it is judged.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="first">A look that was just taken, of the gate's scope: it is judged before there is another.</param>
    /// <returns>Null when it opened; else why it did not.</returns>
    public async Task<StepOutcome?> UntilOpenAsync(
        AwaitedGate gate, CancellationToken cancellationToken, ClusterSnapshot? first = null)
    {
        var patience = new WaitPatience(run.Time, gate.Patience ?? run.Options.Patience);
        var goodReads = 0;
        while (true)
        {
            var (now, verdict, failure) = await LookAsync(gate, first, cancellationToken);
            first = null;
            if (failure is not null)
            {
                return failure;
            }

            run.AppendWait(gate.Step, gate.Name, gate.Node, verdict.Objections);
            goodReads = verdict.IsOpen ? goodReads + 1 : 0;
            if (goodReads >= gate.StableReads)
            {
                OpenedBy = now;
                return null;
            }

            if (!verdict.IsOpen && patience.IsOverFor(verdict.Objections))
            {
                return new StepOutcome.Blocked(patience.Describe(gate.Name, gate.Node, verdict));
            }

            if (!verdict.IsOpen && now is not null)
            {
                await NudgeAsync(gate, now, cancellationToken);
            }

            await run.DelayAsync(patience.Pace(run.Options), cancellationToken);
        }
    }

    private async Task<(ClusterSnapshot? Now, GateVerdict Verdict, StepOutcome? Failure)> LookAsync(
        AwaitedGate gate, ClusterSnapshot? taken, CancellationToken cancellationToken)
    {
        try
        {
            var now = taken ?? await (gate.Alone is { } node
                ? run.ObserveNodeAsync(node, gate.Scope, cancellationToken)
                : run.ObserveAsync(gate.Scope, cancellationToken));
            var failure = gate.Failure is null ? null : await gate.Failure(now, cancellationToken);
            return (now, gate.Judge(now), failure);
        }
        catch (Exception e) when (Unreachable.Is(e))
        {
            return (null, NotKnown(e), null);
        }
    }

    private async Task NudgeAsync(AwaitedGate gate, ClusterSnapshot now, CancellationToken cancellationToken)
    {
        try
        {
            await (gate.Nudge?.Invoke(now, cancellationToken) ?? Task.CompletedTask);
        }
        catch (Exception e) when (Unreachable.Is(e))
        {
            run.AppendWait(gate.Step, gate.Name, gate.Node, NotKnown(e).Objections);
        }
    }

    private static GateVerdict NotKnown(Exception e) => GateVerdict.Of([new Objection.NotKnown("the cluster", e.Message)]);
}

/// <summary>A gate to wait for.</summary>
internal sealed record AwaitedGate(StepId Step, string Name, NodeId? Node, Func<ClusterSnapshot, GateVerdict> Judge)
{
    public SnapshotScope Scope { get; init; } = SnapshotScope.Health;

    /// <summary>The one node that is asked, where it and what the cluster says are enough to judge by; null: all are.</summary>
    public NodeId? Alone { get; init; }

    /// <summary>Consecutive good snapshots wanted.</summary>
    public int StableReads { get; init; } = 1;

    /// <summary>Another limit than the usual one.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>What may help a closed gate to open; called after every look that finds it closed, and paces itself.</summary>
    public Func<ClusterSnapshot, CancellationToken, Task>? Nudge { get; init; }

    /// <summary>Tells that waiting has become pointless, for instance because the process has died.</summary>
    public Func<ClusterSnapshot, CancellationToken, Task<StepOutcome?>>? Failure { get; init; }
}
