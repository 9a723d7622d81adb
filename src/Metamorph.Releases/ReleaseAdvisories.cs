using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>Releases with a known defect, and lines that change what operators rely on.</summary>
internal static class ReleaseAdvisories
{
    private static readonly ImmutableArray<Func<PathQuestion, Finding?>> All =
    [
        TransactionMarkersOf420,
        EmptyIsrOf35,
        LeavingEmptyIsrOf35,
        VerificationOf360,
        ControllersOf380,
        LeftoverOverridesOf4,
        OldClientsOf4,
        FutureTimestampsOf4,
        LoggingOf4,
        StrictMinIsrOf37,
        ShareTopicOf42,
    ];

    public static IEnumerable<Finding> For(PathQuestion asked) =>
        asked.IsUpgrade ? All.Select(advisory => advisory(asked)).OfType<Finding>() : [];

    // Refused rather than warned of: every roll to it runs both releases at once, transactions suffer while it does,
    // and 4.2.1 is there.
    private static Finding? TransactionMarkersOf420(PathQuestion asked) =>
        asked.To == new KafkaRelease(4, 2, 0) && asked.Lowest.Line < Lines.V42
            ? asked.Refuse(
                "advisory-kafka-20322", "target 4.2.0",
                "4.2.1 or newer: 4.2.0 sends transaction markers in a version that older brokers do not know",
                "choose 4.2.1, or 4.3")
            : null;

    // Refused: an empty ISR is an offline partition, and 3.5.2 is there.
    private static Finding? EmptyIsrOf35(PathQuestion asked) =>
        asked.To.Line == new ReleaseLine(3, 5) && asked.To.Patch < 2
            ? asked.Refuse(
                "advisory-kafka-15353", $"target {asked.To}",
                "3.5.2: earlier controllers of 3.5 can install an empty ISR while brokers restart", "choose 3.5.2")
            : null;

    private static Finding? LeavingEmptyIsrOf35(PathQuestion asked) =>
        asked.Lowest.Line == new ReleaseLine(3, 5) && asked.Lowest.Patch < 2
            ? asked.Warn(
                "advisory-kafka-15353-source", $"nodes run {asked.Lowest}",
                "3.5.2 before a roll: controllers of this patch can install an empty ISR while brokers restart",
                "roll dedicated controllers first, so that the brokers restart under a controller without the defect")
            : null;

    private static Finding? VerificationOf360(PathQuestion asked) =>
        asked.To == new KafkaRelease(3, 6, 0)
            ? asked.Warn(
                "advisory-3.6.0-transactions", "target 3.6.0",
                "3.6.1 or newer: the transaction verification of 3.6.0 has a defect with compressed records",
                "choose 3.6.2, or set transaction.partition.verification.enable=false on every broker first")
            : null;

    private static Finding? ControllersOf380(PathQuestion asked) =>
        !asked.ZooKeeperMode && asked.Lowest == new KafkaRelease(3, 8, 0) && asked.To.Line >= Lines.V39
            ? asked.Note(
                "advisory-kafka-17492", "nodes run 3.8.0",
                "controllers restart before brokers: 3.8.0 controllers had trouble with newer brokers, which 3.9.0 fixed",
                "roll the controllers first")
            : null;

    private static Finding? LeftoverOverridesOf4(PathQuestion asked) =>
        asked.Lowest.Line < Lines.V40 && BlocksAltersOnRemovedOverrides(asked.To)
            ? asked.Warn(
                "advisory-kafka-19851", $"target {asked.To}",
                "a release in which a removed topic override does not block every later change of that topic",
                $"choose {Latest(new(4, 3))}, or delete {string.Join(", ", RemovedConfigs.TopicKeys)} from every topic "
                + "before the upgrade")
            : null;

    // Whoever still speaks a version that 4.0 dropped is cut off; from 3.7 on the brokers count those requests.
    private static Finding? OldClientsOf4(PathQuestion asked) =>
        asked.Enters(Lines.V40)
            ? asked.Warn(
                "old-clients", asked.Lowest.Line < Lines.V37
                    ? $"{asked.Lowest} does not count requests of versions that 4.0 dropped"
                    : $"{asked.Lowest} counts requests of versions that 4.0 dropped (DeprecatedRequestsPerSec), over JMX only",
                "no client older than Kafka 2.1 in its protocol (KIP-896)",
                asked.Lowest.Line < Lines.V37
                    ? $"run {Latest(Lines.V39)} through one cycle of traffic first and look at its DeprecatedRequestsPerSec, "
                        + "or be sure of every client"
                    : "make sure that DeprecatedRequestsPerSec stands at 0 on every broker through one cycle of traffic")
            : null;

    private static Finding? FutureTimestampsOf4(PathQuestion asked) =>
        asked.Enters(Lines.V40)
            ? asked.Note(
                "future-timestamps", "message.timestamp.after.max.ms was unlimited by default",
                "1 hour by default from 4.0 on: records dated later than that are rejected",
                "set log.message.timestamp.after.max.ms where producers date records ahead")
            : null;

    private static Finding? LoggingOf4(PathQuestion asked) =>
        asked.Enters(Lines.V40)
            ? asked.Note(
                "log4j2", "log4j.properties up to 3.9", "log4j2.yaml from 4.0 on",
                "translate your own logging configuration; the start scripts read an old one only in part")
            : null;

    private static Finding? StrictMinIsrOf37(PathQuestion asked) =>
        asked.Enters(Lines.V37)
            ? asked.Note(
                "strict-min-isr", $"{asked.Lowest} lets consumers read on while a partition is under min ISR",
                "from 3.7 on a leader holds the high watermark while its partition is under min ISR, whatever the acks",
                "bring every partition to its min ISR before the roll")
            : null;

    private static Finding? ShareTopicOf42(PathQuestion asked) =>
        asked.Enters(Lines.V42)
            ? asked.Note(
                "share-group-topic", "share groups come into use with share.version 1",
                "3 brokers or more: __share_group_state is made with 3 replicas and min ISR 2",
                "with fewer, lower share.coordinator.state.topic.replication.factor and min.isr before finalizing share.version")
            : null;

    /// <summary>KAFKA-19851: fixed in 4.2.1 and 4.3.0, and on the older branches after these patches.</summary>
    internal static bool BlocksAltersOnRemovedOverrides(KafkaRelease release) => release switch
    {
        { Major: 4, Minor: 0 or 1, Patch: <= 2 } => true,
        { Major: 4, Minor: 2, Patch: 0 } => true,
        _ => false,
    };

    private static KafkaRelease Latest(ReleaseLine line) => ReleaseCatalog.Find(line).Value.LatestPatch!.Value;
}
