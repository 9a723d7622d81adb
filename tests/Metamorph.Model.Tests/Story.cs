using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Tests;

/// <summary>A small upgrade of three nodes, told in events: with a wait, a pause, a crash of Metamorph, and an approval.</summary>
internal sealed class Story
{
    private readonly List<JournalEntry> entries = [];
    private DateTimeOffset now = Samples.Start;

    public static UpgradePlan Plan { get; } = Samples.Plan with
    {
        Steps =
        [
            new Step.BackUpConfigs(new("back-up")),
            Restart(1), Restart(2), Restart(3),
            new Step.AwaitApproval(new("approval"), FinalizePolicy.Ask),
            new Step.FinalizeFeature(new("finalize-metadata.version"), "metadata.version", 21, 30),
            new Step.VerifyEnd(new("verify"), Samples.To),
        ],
    };

    /// <summary>The whole story, to its good end.</summary>
    public static ImmutableArray<JournalEntry> Whole { get; } = Tell();

    public Story After(double seconds, UpgradeEvent happened)
    {
        now += TimeSpan.FromSeconds(seconds);
        entries.Add(new JournalEntry(entries.Count + 1, now, happened));
        return this;
    }

    public Story RestartNode(int node, double stop = 2.4, double start = 8.1, double catchUp = 3.2) => After(0.3, new UpgradeEvent.StepStarted(Step(node)))
        .After(0.1, new UpgradeEvent.NodeStopping(Step(node), new(node), Pid: 800 + node, Samples.From))
        .After(stop, new UpgradeEvent.NodeStopped(Step(node), new(node)))
        .After(0, new UpgradeEvent.NodeStarting(Step(node), new(node), Samples.To, new ReleaseLine(3, 9)))
        .After(0.2, new UpgradeEvent.NodeStarted(Step(node), new(node), Pid: 900 + node))
        .After(1.0, new UpgradeEvent.NodeLogged(new(node), $"[KafkaRaftServer nodeId={node}] Kafka Server started <ok>"))
        .After(start - 1.2, new UpgradeEvent.NodeServing(Step(node), new(node)))
        .After(catchUp, new UpgradeEvent.NodeCaughtUp(Step(node), new(node)))
        .After(0.5, new UpgradeEvent.LeadershipReturning(Step(node), new(node), Partitions: 12))
        .After(0.9, new UpgradeEvent.StepSucceeded(Step(node)));

    public Story Start(int pid = 4711) => After(0, new UpgradeEvent.RunStarted(
        "2026-11-21T0930Z-orders-4.3.1", "orders", Samples.From, Samples.To, [.. Plan.Steps.Select(step => step.Id)], pid));

    public ImmutableArray<JournalEntry> Told() => [.. entries];

    public RunState State => RunState.Of(entries);

    public DateTimeOffset Now => now;

    public static StepId Step(int node) => new($"restart-{node}");

    private static Step.RestartNode Restart(int node) =>
        new(Step(node), new NodeId(node), RollPhase.Controllers, Samples.From, Samples.To, RestartReason.Upgrade);

    private static ImmutableArray<JournalEntry> Tell()
    {
        var approval = new StepId("approval");
        var finalize = new StepId("finalize-metadata.version");
        ImmutableArray<Objection> thin =
        [
            .. Enumerable.Range(0, 14).Select(index => new Objection.WouldStarve(new TopicPartition("orders", index), IsrAfter: 1, Floor: 2)),
            new Objection.GroupLagging("billing", Lag: 120_331, Limit: 10_000, Before: null),
        ];
        return new Story()
            .Start()
            .After(0.1, new UpgradeEvent.StepStarted(new("back-up")))
            .After(0.2, new UpgradeEvent.ConfigBackedUp("server.properties of node 1", "backups/node-1/server.properties"))
            .After(0.1, new UpgradeEvent.StepSucceeded(new("back-up")))
            .RestartNode(1)
            .After(0.5, new UpgradeEvent.StepWaiting(Step(2), GateNames.MayStop, new NodeId(2), thin))
            .After(12, new UpgradeEvent.StepWaiting(Step(2), GateNames.MayStop, new NodeId(2), []))
            .RestartNode(2, stop: 4.1, start: 9.7)
            .After(0.1, new UpgradeEvent.StepStarted(Step(3)))
            .After(0.1, new UpgradeEvent.NodeStopping(Step(3), new(3), Pid: 803, Samples.From))
            .After(600, new UpgradeEvent.RunStarted(
                "2026-11-21T0930Z-orders-4.3.1", "orders", Samples.From, Samples.To, [.. Plan.Steps.Select(step => step.Id)], Pid: 5022))
            .After(0, new UpgradeEvent.StepInterrupted(Step(3)))
            .After(0.4, new UpgradeEvent.StepStarted(Step(3)))
            .After(0.1, new UpgradeEvent.NodeStarting(Step(3), new(3), Samples.To, new ReleaseLine(4, 3)))
            .After(0.2, new UpgradeEvent.NodeStarted(Step(3), new(3), Pid: 903))
            .After(7.5, new UpgradeEvent.NodeServing(Step(3), new(3)))
            .After(2.8, new UpgradeEvent.NodeCaughtUp(Step(3), new(3)))
            .After(1.2, new UpgradeEvent.StepSucceeded(Step(3)))
            .After(0.1, new UpgradeEvent.StepStarted(approval))
            .After(0.1, new UpgradeEvent.StepWaiting(approval, GateNames.Approval, Node: null, [new Objection.ApprovalMissing()]))
            .After(95, new UpgradeEvent.RequestTaken(OperatorRequest.Approve, "kim@ops-1"))
            .After(0, new UpgradeEvent.StepWaiting(approval, GateNames.Approval, Node: null, []))
            .After(0, new UpgradeEvent.StepSucceeded(approval))
            .After(0.1, new UpgradeEvent.StepStarted(finalize))
            .After(0.1, new UpgradeEvent.FeatureFinalizing(finalize, "metadata.version", 21, 30))
            .After(0.3, new UpgradeEvent.FeatureFinalized(finalize, "metadata.version", 21, 30))
            .After(0, new UpgradeEvent.StepSucceeded(finalize))
            .After(0.1, new UpgradeEvent.StepStarted(new("verify")))
            .After(1.4, new UpgradeEvent.StepSucceeded(new("verify")))
            .After(0, new UpgradeEvent.RunEnded(RunEnding.Done, "every node runs 4.3.1"))
            .Told();
    }
}
