using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Tests;

/// <summary>One of every kind, for tests that must forget none. Linked into the test projects that need them.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 11, 21, 9, 30, 0, TimeSpan.Zero);
    public static readonly KafkaRelease From = new(3, 9, 2);
    public static readonly KafkaRelease To = new(4, 3, 1);

    private static readonly TopicPartition Orders = new("orders", 3);
    private static readonly StepId Step = new("restart-2");
    private static readonly NodeId Two = new(2);

    public static ImmutableArray<Objection> Objections { get; } =
    [
        new Objection.NotKnown("the reassignments", "broker 3 did not answer in 5 s"),
        new Objection.WouldStarve(Orders, IsrAfter: 1, Floor: 2),
        new Objection.Starved(Orders, Isr: 1, Floor: 2),
        new Objection.WouldGoOffline(Orders, Replicas: 3),
        new Objection.Leaderless(Orders, new NodeList([1, 2])),
        new Objection.MinIsrUnknown("orders", "broker 1 did not answer"),
        new Objection.UnderReplicated(Orders, Isr: 2, Replicas: 3),
        new Objection.NoActiveController(),
        new Objection.MajorityLost(Current: 1, Needed: 2, Voters: 3, [new Laggard(new NodeId(3), 2400), new Laggard(Two, null)]),
        new Objection.NodeDown(new NodeId(3)),
        new Objection.NodeNotServing(new NodeId(3), "its broker is fenced"),
        new Objection.ForeignReassignment(Orders, new NodeList([4]), new NodeList([1])),
        new Objection.GroupLagging("billing", Lag: 120_331, Limit: 10_000, Before: 90_000),
        new Objection.NotRegistered(Two, BrokerRegistration.Fenced),
        new Objection.FeatureMissing(Two, "group.version", Level: 1, new FeatureRange(0, 0)),
        new Objection.ReplicaOutOfSync(Two, Orders),
        new Objection.VoterBehind(Two, LogEndOffset: 17, HighWatermark: 1_204),
        new Objection.MetadataBehind(Two, BehindMs: 4_000),
        new Objection.LeadershipNotReturned(Two, Orders, new NodeId(1)),
        new Objection.ReleaseBehind(Two, "3.9.2", To),
        new Objection.GhostBroker(new NodeId(9), Replicas: 0),
        new Objection.GhostController(new NodeId(9)),
        new Objection.VoterNotRegistered(Two),
        new Objection.KafkaRefused("metadata.version", 30, "FEATURE_UPDATE_FAILED", "broker 2 does not support it"),
        new Objection.ApprovalMissing(),
        new Objection.SoakNotOver(Start.AddMinutes(30)),
    ];

    public static ImmutableArray<UpgradeEvent> Events { get; } =
    [
        new UpgradeEvent.RunStarted("2026-11-21T0930Z-orders-4.3.1", "orders", From, To, [Step], Pid: 4711),
        new UpgradeEvent.StepStarted(Step),
        new UpgradeEvent.StepWaiting(Step, GateNames.MayStop, Two, Objections),
        new UpgradeEvent.StepSucceeded(Step),
        new UpgradeEvent.StepHalted(Step, "node 2 is still in controlled shutdown"),
        new UpgradeEvent.StepInterrupted(Step),
        new UpgradeEvent.StepSkipped(Step, "node 2 runs 4.3.1 already"),
        new UpgradeEvent.ConfigBackedUp("server.properties of node 2", "backups/node-2/server.properties"),
        new UpgradeEvent.NodeStopping(Step, Two, Pid: 812, From),
        new UpgradeEvent.NodeStopped(Step, Two),
        new UpgradeEvent.NodeStarting(Step, Two, To, new ReleaseLine(3, 9)),
        new UpgradeEvent.NodeStarted(Step, Two, Pid: 913),
        new UpgradeEvent.NodeServing(Step, Two),
        new UpgradeEvent.NodeCaughtUp(Step, Two),
        new UpgradeEvent.NodeLogged(Two, "[2026-11-21 09:31:07] INFO <Kafka> \"started\" & läuft"),
        new UpgradeEvent.LeadershipReturning(Step, Two, Partitions: 12),
        new UpgradeEvent.GhostUnregistering(Step, new NodeId(9)),
        new UpgradeEvent.FeatureFinalizing(Step, "metadata.version", 21, 30),
        new UpgradeEvent.FeatureFinalized(Step, "metadata.version", 21, 30),
        new UpgradeEvent.RequestTaken(OperatorRequest.Pause, "kim@ops-1"),
        new UpgradeEvent.RequestRefused("notes.json", "'please' is none of pause, resume, abort, approve"),
        new UpgradeEvent.LeftoverFound("leader.replication.throttled.rate on broker 2"),
        new UpgradeEvent.RunEnded(RunEnding.Blocked, "orders-3 stayed under-replicated for 30 min"),
    ];

    public static ImmutableArray<Step> Steps { get; } =
    [
        new Step.BackUpConfigs(new("back-up")),
        new Step.RestartNode(new("restart-2"), Two, RollPhase.Brokers, From, To, RestartReason.Upgrade),
        new Step.AwaitApproval(new("approval"), FinalizePolicy.Ask),
        new Step.UnregisterGhost(new("unregister-9"), new NodeId(9)),
        new Step.FinalizeFeature(new("finalize-metadata.version"), "metadata.version", 21, 30),
        new Step.VerifyEnd(new("verify"), To),
    ];

    public static UpgradePlan Plan { get; } = new()
    {
        Cluster = "orders",
        ClusterId = "MkU3OEVBNTcwNTJENDM2Qg",
        MadeAt = Start,
        From = From,
        To = To,
        Finalize = FinalizePolicy.Ask,
        Steps = Steps,
        Findings = [new Finding(FindingSeverity.Warning, "rf1-topic", "topic audit", "has 1 replica", "2 or more", "Raise its replication factor")],
        AcceptedUnavailable = ["audit"],
        LagLimits = ImmutableSortedDictionary<string, long>.Empty.Add("billing", 10_000),
        FeaturesBefore = ImmutableSortedDictionary<string, short>.Empty.Add("metadata.version", 21),
        Forecast = TimeSpan.FromMinutes(6),
    };

    /// <summary>The cases of a closed family, found by reflection, so that a new one cannot be forgotten.</summary>
    public static IEnumerable<Type> CasesOf(Type family) => family.GetNestedTypes().Where(nested => nested.IsSubclassOf(family));
}
