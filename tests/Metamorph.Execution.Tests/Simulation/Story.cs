using System.Collections.Immutable;
using Metamorph.Journal;
using Metamorph.Model;
using Metamorph.Observation;
using Metamorph.Planning;
using Metamorph.Sandbox;

namespace Metamorph.Execution.Tests;

/// <summary>A planned upgrade of a simulated cluster, with a journal that outlives its executors.</summary>
internal sealed class Story
{
    private readonly OneThread pump;

    public Story(SimulatedCluster cluster, KafkaRelease target, FinalizePolicy? finalize = null, params string[] accepted)
    {
        Cluster = cluster;
        cluster.Target = target;
        cluster.Accepted.UnionWith(accepted);
        pump = new OneThread(cluster.Time);
        var now = pump.Run(() => cluster.ObserveAsync(SnapshotScope.Full, CancellationToken.None));
        Plan = RollPlanner.Plan(new RollRequest
        {
            Cluster = "orders", Now = now, Target = target, Finalize = finalize ?? FinalizePolicy.Now, AcceptedUnavailable = [.. accepted],
        });
        Journal = new MemoryJournal("2026-11-21T1200Z-orders", Plan, cluster.Time);
    }

    private Story(Story other, UpgradePlan plan)
    {
        (pump, Cluster, Plan) = (other.pump, other.Cluster, plan);
        Journal = new MemoryJournal(other.Journal.Run, plan, Cluster.Time);
    }

    public SimulatedCluster Cluster { get; }

    public UpgradePlan Plan { get; }

    public MemoryJournal Journal { get; }

    public ExecutionOptions Options { get; set; } = new();

    public RunState State => RunState.Of(Journal.Entries);

    public IEnumerable<UpgradeEvent> Events => Journal.Entries.Select(entry => entry.Event);

    /// <summary>A new executor takes the run, as after a start of Metamorph, until it lets it go.</summary>
    public RunEnding Run(CancellationToken halt = default, CancellationToken cancel = default) => RunToEnd(halt, cancel).Ending;

    public UpgradeEvent.RunEnded RunToEnd(CancellationToken halt = default, CancellationToken cancel = default)
    {
        var executor = new UpgradeExecutor(Journal, Cluster, Cluster, Cluster.Drivers(), Options, Cluster.Time);
        var ended = pump.Run(() => executor.RunAsync(pid: 1, halt, cancel));
        CheckJournal();
        Assert.Empty(Cluster.Violations);
        return ended;
    }

    /// <summary>The same cluster under another plan.</summary>
    public Story WithPlan(UpgradePlan plan) => new(this, plan);

    public void Wait(TimeSpan time) => pump.RunFor(time);

    /// <summary>Does something when an event has been written, once.</summary>
    public void When<TEvent>(Func<TEvent, bool> isIt, Action act)
        where TEvent : UpgradeEvent
    {
        var isDone = false;
        Journal.AfterAppend += entry =>
        {
            if (!isDone && entry.Event is TEvent happened && isIt(happened))
            {
                isDone = true;
                act();
            }
        };
    }

    public IEnumerable<TEvent> Of<TEvent>()
        where TEvent : UpgradeEvent => Events.OfType<TEvent>();

    /// <summary>The steps in the order in which they were begun.</summary>
    public IEnumerable<string> Begun() => Of<UpgradeEvent.StepStarted>().Select(started => started.Step.Value);

    /// <summary>Any prefix folds; when an executor has let go no step runs; no time is counted twice or below nothing.</summary>
    private void CheckJournal()
    {
        var state = RunState.Empty;
        foreach (var entry in Journal.Entries)
        {
            state = state.After(entry);
            Assert.InRange(state.Steps.Values.Count(status => status is StepStatus.Running), 0, 1);
            Assert.All(state.Nodes.Values, times => Assert.True(
                times.Stop >= TimeSpan.Zero && times.Start >= TimeSpan.Zero && times.CatchUp >= TimeSpan.Zero && times.Wait >= TimeSpan.Zero));
        }

        Assert.Null(state.Current);
        var spent = state.Nodes.Values.Aggregate(TimeSpan.Zero, (sum, times) => sum + times.Stop + times.Start + times.CatchUp + times.Wait);
        Assert.True(spent <= Journal.Entries[^1].At - Journal.Entries[0].At, $"the nodes' times sum to {spent}, more than the run took");
    }
}

/// <summary>The orchestrator's machine loses power.</summary>
internal sealed class PowerLoss() : IOException("the power went");
