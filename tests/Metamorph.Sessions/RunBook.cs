using System.Collections.Immutable;
using Metamorph.Journal;
using Metamorph.Model;

namespace Metamorph.Sessions;

/// <summary>Writes a run as an executor would, through the journal itself, at times that are always the same.</summary>
internal sealed class RunBook : IDisposable
{
    private static readonly KafkaRelease From = new(3, 9, 2);
    private static readonly KafkaRelease To = new(4, 3, 1);

    private readonly SetClock clock = new(new DateTimeOffset(2026, 1, 5, 9, 30, 0, TimeSpan.Zero));
    private readonly RunDirectory run;

    /// <param name="runs">The directory of runs.</param>
    /// <param name="soak">Null: the operator is asked before the finalisation.</param>
    public RunBook(string runs, TimeSpan? soak = null) => run = RunDirectory.Create(runs, PlanOf(soak), clock);

    public string Path => run.Path;

    public string Name => run.Run;

    public DateTimeOffset Now => clock.GetUtcNow();

    public static Step.RestartNode Restart(int node) => new(
        new($"restart-{node}"), new NodeId(node), RollPhase.Controllers, From, To, RestartReason.Upgrade);

    public RunBook After(double seconds, UpgradeEvent happened)
    {
        clock.Advance(TimeSpan.FromSeconds(seconds));
        run.Append(happened);
        return this;
    }

    public RunBook Taken() => After(
        0, new UpgradeEvent.RunStarted(run.Run, run.Plan.Cluster, From, To, [.. run.Plan.Steps.Select(step => step.Id)], Pid: 4711));

    public RunBook BacksUp() => Does(
        "back-up-configs", step => After(0.05, new UpgradeEvent.ConfigBackedUp("server.properties of node 1", "backups/node-1/server.properties")));

    public RunBook Restarts(int node) => Does($"restart-{node}", step => this
        .After(0, new UpgradeEvent.NodeStopping(step, new(node), Pid: 100 + node, From))
        .After(2.4, new UpgradeEvent.NodeStopped(step, new(node)))
        .After(0, new UpgradeEvent.NodeStarting(step, new(node), To, From.Line))
        .After(0.2, new UpgradeEvent.NodeStarted(step, new(node), Pid: 200 + node))
        .After(2.6, new UpgradeEvent.NodeServing(step, new(node)))
        .After(1.1, new UpgradeEvent.NodeCaughtUp(step, new(node)))
        .After(0.3, new UpgradeEvent.LeadershipReturning(step, new(node), Partitions: 12)));

    public RunBook Waits(string step, string gate, int? node, params ImmutableArray<Objection> objections) =>
        After(0.2, new UpgradeEvent.StepWaiting(new(step), gate, node is { } id ? new NodeId(id) : null, objections));

    public RunBook Finalizes(string feature, short from, short to) => Does($"finalize-{feature}", step => this
        .After(0.1, new UpgradeEvent.FeatureFinalizing(step, feature, from, to))
        .After(0.4, new UpgradeEvent.FeatureFinalized(step, feature, from, to)));

    public RunBook Verifies() => Does("verify-end", _ => this);

    public RunBook Approved() => After(90, new UpgradeEvent.RequestTaken(OperatorRequest.Approve, "kim@ops-1"));

    public RunBook Ends(RunEnding ending, string text) => After(0.1, new UpgradeEvent.RunEnded(ending, text));

    /// <summary>To its end: every node, the approval, both features.</summary>
    public RunBook Finishes() => Taken().BacksUp().Restarts(2).Restarts(3).Restarts(1)
        .Waits("await-approval", GateNames.Approval, null, new Objection.ApprovalMissing())
        .Approved().Does("await-approval", _ => this)
        .Finalizes("metadata.version", 21, 30).Finalizes("group.version", 0, 1)
        .Verifies().Ends(RunEnding.Done, "all steps are done; every node runs 4.3.1");

    /// <summary>Lets the run go, so that nobody holds it.</summary>
    public void Dispose() => run.Dispose();

    private RunBook Does(string step, Func<StepId, RunBook> deeds)
    {
        After(0.05, new UpgradeEvent.StepStarted(new(step)));
        return deeds(new(step)).After(0.6, new UpgradeEvent.StepSucceeded(new(step)));
    }

    private static UpgradePlan PlanOf(TimeSpan? soak) => new()
    {
        Cluster = "orders",
        ClusterId = $"session-{Guid.NewGuid():N}",
        MadeAt = new DateTimeOffset(2026, 1, 5, 9, 29, 58, TimeSpan.Zero),
        From = From,
        To = To,
        Finalize = soak is { } time ? new FinalizePolicy(FinalizeMode.After, time) : FinalizePolicy.Ask,
        Steps =
        [
            new Step.BackUpConfigs(new("back-up-configs")),
            Restart(2), Restart(3), Restart(1),
            new Step.AwaitApproval(new("await-approval"), soak is { } wait ? new FinalizePolicy(FinalizeMode.After, wait) : FinalizePolicy.Ask),
            new Step.FinalizeFeature(new("finalize-metadata.version"), "metadata.version", 21, 30),
            new Step.FinalizeFeature(new("finalize-group.version"), "group.version", 0, 1),
            new Step.VerifyEnd(new("verify-end"), To),
        ],
        Findings =
        [
            new Finding(
                FindingSeverity.Warning, "rf1-topic", "topic audit", "1 partitions with 1 replica and min.insync.replicas 1: audit-0",
                "one replica more than min.insync.replicas", "It is offline while its broker restarts. You accepted that."),
        ],
        AcceptedUnavailable = ["audit"],
        FeaturesBefore = ImmutableSortedDictionary<string, short>.Empty.Add("metadata.version", 21),
        Forecast = TimeSpan.FromSeconds(32),
    };

    /// <summary>A clock that goes on only when it is told to.</summary>
    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        private DateTimeOffset now = now;

        public override DateTimeOffset GetUtcNow() => now;

        public void Advance(TimeSpan time) => now += time;
    }
}
