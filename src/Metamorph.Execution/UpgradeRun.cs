using System.Collections.Immutable;
using Metamorph.Journal;
using Metamorph.Model;
using Metamorph.Nodes;
using Metamorph.Observation;

namespace Metamorph.Execution;

/// <summary>One run as its executor and its steps share it: the journal with the state folded from it, and the ways to see and act.</summary>
/// <param name="journal">Held by this executor alone.</param>
/// <param name="observer">Reads the cluster.</param>
/// <param name="control">Acts on the cluster.</param>
/// <param name="drivers">Act on the machines; one for each node of the cluster file.</param>
/// <param name="options">How patient the executor is.</param>
/// <param name="time">The clock: a simulated one in tests.</param>
internal sealed class UpgradeRun(
    IUpgradeJournal journal,
    IClusterObserver observer,
    IClusterControl control,
    IReadOnlyDictionary<NodeId, INodeDriver> drivers,
    ExecutionOptions options,
    TimeProvider time)
{
    public IUpgradeJournal Journal => journal;

    public IClusterControl Control => control;

    public ExecutionOptions Options => options;

    public TimeProvider Time => time;

    public UpgradePlan Plan => journal.Plan;

    public IReadOnlyDictionary<NodeId, INodeDriver> Drivers => drivers;

    public RunState State { get; private set; } = RunState.Of(journal.Entries);

    public INodeDriver DriverOf(NodeId node) => drivers[node];

    /// <summary>The journal could not be written: nothing may be done any more, and no ending can be told.</summary>
    public bool IsJournalBroken { get; private set; }

    /// <summary>Writes an event, durably, and folds it. Called before the deed that it announces.</summary>
    public void Append(UpgradeEvent happened)
    {
        try
        {
            State = State.After(journal.Append(happened));
        }
        catch (IOException)
        {
            IsJournalBroken = true;
            throw;
        }
    }

    /// <summary>Journals what a gate waits for, where it differs from what was journaled last.</summary>
    public void AppendWait(StepId step, string gate, NodeId? node, ImmutableArray<Objection> objections)
    {
        var last = State.Wait;
        var isSame = last is null
            ? objections.IsEmpty
            : last.Step == step && last.Gate == gate && WaitKey.Of(last.Objections).SetEquals(WaitKey.Of(objections));
        if (!isSame)
        {
            Append(new UpgradeEvent.StepWaiting(step, gate, node, objections));
        }
    }

    public Task<ClusterSnapshot> ObserveAsync(SnapshotScope scope, CancellationToken cancellationToken) =>
        observer.ObserveAsync(scope, cancellationToken);

    public Task<ClusterSnapshot> ObserveNodeAsync(NodeId node, SnapshotScope scope, CancellationToken cancellationToken) =>
        observer.ObserveNodeAsync(node, scope, cancellationToken);

    /// <remarks>Not the delay itself: one that is cancelled under a WhenAny goes on over the thread pool.</remarks>
    public async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) => await Task.Delay(delay, time, cancellationToken);
}
