using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>Which upgrades may be made in one go.</summary>
public static class UpgradePaths
{
    private static readonly ImmutableArray<Func<PathQuestion, Finding?>> Rules =
    [
        TargetIsKnown,
        TargetIsReleased,
        PatchIsKnown,
        SourceIsKnown,
        TargetIsNotOlder,
        NoOtherUpgradeIsUnderWay,
        RunsOnKRaft,
        ZooKeeperEndsBefore4,
        EarlyKRaftStays,
        PreviewKRaftStopsAt39,
        FirstKRaftStopsAt39,
        MetadataVersionIsReadableBy4,
        MetadataVersionIsWithinTarget,
        SkippedMinorsAreFine,
    ];

    /// <summary>Judges an upgrade from the oldest and newest release that run to <paramref name="to"/>.</summary>
    /// <param name="lowest">The oldest release that runs on any node.</param>
    /// <param name="highest">The newest release that runs on any node.</param>
    /// <param name="to">The wanted release.</param>
    /// <param name="finalizedMetadataVersion">The finalized level; 0 in ZooKeeper mode, or where none was finalized.</param>
    /// <param name="zooKeeperMode">Whether the cluster keeps its metadata in ZooKeeper.</param>
    /// <remarks>That every node runs the target already is no finding: there is nothing to do, which the caller sees.</remarks>
    public static PathVerdict Judge(
        KafkaRelease lowest, KafkaRelease highest, KafkaRelease to, short finalizedMetadataVersion, bool zooKeeperMode)
    {
        var question = new PathQuestion(lowest, highest, to, finalizedMetadataVersion, zooKeeperMode);
        return new PathVerdict(
        [
            .. Rules.Select(rule => rule(question)).OfType<Finding>(),
            .. ReleaseAdvisories.For(question),
        ]);
    }

    /// <summary>The lines to stop at on the way, the target last and the present one left out. Empty without a way.</summary>
    public static IReadOnlyList<ReleaseLine> Hops(ReleaseLine from, ReleaseLine to, bool zooKeeperMode) =>
        [.. UpgradeRoute.Between(from, to, zooKeeperMode).Hops
            .Where(hop => hop.Kind == HopKind.Roll)
            .Select(hop => hop.To)];

    private static Finding? TargetIsKnown(PathQuestion asked) =>
        ReleaseCatalog.Find(asked.To.Line).IsKnown
            ? null
            : asked.Refuse(
                "target-unknown", $"target {asked.To}",
                $"a release of a line from {ReleaseCatalog.Lines[0].Line} to {ReleaseCatalog.Newest.Line}",
                $"choose a known release, for instance {ReleaseCatalog.Newest.LatestPatch}, or use a newer Metamorph");

    private static Finding? TargetIsReleased(PathQuestion asked) =>
        ReleaseCatalog.Find(asked.To.Line) is { IsKnown: true, Value.IsReleased: false }
            ? asked.Refuse(
                "target-unreleased", $"target {asked.To}", $"a released line, {ReleaseCatalog.Newest.Line} at the newest",
                $"choose {ReleaseCatalog.Newest.LatestPatch}: the levels of {asked.To.Line} may still change")
            : null;

    private static Finding? PatchIsKnown(PathQuestion asked) =>
        ReleaseCatalog.Find(asked.To.Line).Or(null)?.LatestPatch is { } latest && asked.To > latest
            ? asked.Note("target-patch-unknown", $"target {asked.To}", $"{latest}, the newest patch known here",
                $"read the release notes of {asked.To}: no advisory on it is known here")
            : null;

    private static Finding? SourceIsKnown(PathQuestion asked)
    {
        foreach (var running in new[] { asked.Lowest, asked.Highest })
        {
            if (!ReleaseCatalog.Find(running.Line).IsKnown)
            {
                return asked.Refuse(
                    "source-unknown", $"a node runs {running}",
                    $"a release of a line from {ReleaseCatalog.Lines[0].Line} to {ReleaseCatalog.Lines[^1].Line}",
                    running.Line < Lines.V28
                        ? $"bring the cluster to {ReleaseCatalog.Find(Lines.V28).Value.LatestPatch} by hand first"
                        : "use a Metamorph that knows this release");
            }
        }

        return null;
    }

    private static Finding? TargetIsNotOlder(PathQuestion asked)
    {
        if (asked.To >= asked.Highest)
        {
            return null;
        }

        // Without a known range there is nothing to promise; in ZooKeeper mode the IBP decides, which is not asked here.
        var range = ReleaseCatalog.Find(asked.To.Line).Or(null)?.MetadataVersion;
        var fits = !asked.ZooKeeperMode && asked.MetadataVersion > 0 && range?.Contains(asked.MetadataVersion) == true;
        return asked.Refuse(
            "target-older", $"a node runs {asked.Highest}", $"a target of {asked.Highest} or newer",
            fits
                ? $"this version does not take binaries back; by hand it can be done, node by node: metadata.version "
                    + $"{asked.MetadataVersion} is within the {range} that {asked.To.Line} supports (every other "
                    + "finalized feature must be within its range too)"
                : $"stay on {asked.Highest}: nothing says that {asked.To} can read the cluster's metadata");
    }

    private static Finding? NoOtherUpgradeIsUnderWay(PathQuestion asked) =>
        asked.Lowest != asked.Highest && asked.Highest < asked.To
            ? asked.Warn(
                "mixed-releases", $"nodes run {asked.Lowest} and {asked.Highest}", "one release on every node",
                $"finish the roll to {asked.Highest} first, so that a single pair of releases works together")
            : null;

    private static Finding? RunsOnKRaft(PathQuestion asked) =>
        asked.ZooKeeperMode
            ? asked.Refuse(
                "zookeeper-mode", "the cluster keeps its metadata in ZooKeeper", "a cluster in KRaft mode",
                "rolling ZooKeeper-mode clusters is not in this version: roll it by hand, with "
                + "inter.broker.protocol.version pinned first and raised after a soak")
            : null;

    private static Finding? ZooKeeperEndsBefore4(PathQuestion asked) =>
        asked.ZooKeeperMode && asked.GoesTo4
            ? asked.Refuse(
                "zookeeper-to-4", $"ZooKeeper mode and target {asked.To}", "KRaft mode: no 4.x node knows ZooKeeper",
                $"cross the bridge: brokers to {Latest(Lines.V39)}, inter.broker.protocol.version 3.9, migrate to KRaft and "
                + "finalize the migration, metadata.version to 21 (3.9-IV0), then go to 4.x")
            : null;

    private static Finding? EarlyKRaftStays(PathQuestion asked) =>
        !asked.ZooKeeperMode && asked.Lowest.Line == Lines.V28 && asked.IsUpgrade
            ? asked.Refuse(
                "kraft-early-access", $"{asked.Lowest} in KRaft mode", "KRaft of 3.0 or newer",
                "the early access of 2.8 cannot be upgraded: build a new cluster and mirror the topics into it")
            : null;

    private static Finding? PreviewKRaftStopsAt39(PathQuestion asked) =>
        !asked.ZooKeeperMode && asked.GoesTo4 && asked.Lowest.Line > Lines.V28 && asked.Lowest.Line < Lines.V33
            ? asked.Refuse(
                "kraft-preview-to-4", $"{asked.Lowest} in KRaft mode", "KRaft of 3.4 or newer before 4.x",
                $"go {asked.Lowest.Line} → {Latest(Lines.V39)}, raise metadata.version to 21 (3.9-IV0), then → {asked.To}")
            : null;

    private static Finding? FirstKRaftStopsAt39(PathQuestion asked) =>
        !asked.ZooKeeperMode && asked.GoesTo4 && asked.Lowest.Line == Lines.V33
            ? asked.Refuse(
                "stop-needed", $"{asked.Lowest} in KRaft mode", "KRaft of 3.4 or newer before 4.x",
                $"go 3.3 → {Latest(Lines.V39)} → {asked.To}: nodes of 3.3 that go straight to 4.x may not start (KAFKA-18442)")
            : null;

    private static Finding? MetadataVersionIsReadableBy4(PathQuestion asked) =>
        !asked.ZooKeeperMode && asked.GoesTo4 && asked.MetadataVersion < MetadataVersion.MinimumOf4
            ? asked.Refuse(
                "metadata-version-too-low",
                asked.MetadataVersion == 0 ? "no metadata.version finalized" : $"metadata.version {Name(asked.MetadataVersion)}",
                $"metadata.version {Name(MetadataVersion.MinimumOf4)} or higher: a 4.x node stops when it reads a lower one",
                RemedyForLowMetadata(asked))
            : null;

    private static Finding? MetadataVersionIsWithinTarget(PathQuestion asked) =>
        !asked.ZooKeeperMode && ReleaseCatalog.Find(asked.To.Line).Or(null)?.MetadataVersion is { } range
            && asked.MetadataVersion > range.Max
            ? asked.Refuse(
                "metadata-version-beyond-target", $"metadata.version {Name(asked.MetadataVersion)}",
                $"a level within {range}, which {asked.To.Line} supports",
                $"choose a target that supports metadata.version {asked.MetadataVersion}; nodes of {asked.To} could not register")
            : null;

    private static Finding? SkippedMinorsAreFine(PathQuestion asked)
    {
        var between = ReleaseCatalog.Lines.Count(facts => facts.Line > asked.Lowest.Line && facts.Line < asked.To.Line);
        return between > 0 && asked.IsUpgrade
            ? asked.Note(
                "skips-minors", $"{between} lines between {asked.Lowest.Line} and {asked.To.Line}",
                "any later line of the same mode: Kafka supports going there directly")
            : null;
    }

    private static string RemedyForLowMetadata(PathQuestion asked) =>
        ReleaseCatalog.Find(asked.Lowest.Line).Or(null)?.MetadataVersion is { } running && running.Max >= MetadataVersion.MinimumOf4
            ? $"raise metadata.version to {Name(running.Max)}, which every node supports, and let it soak, then go to {asked.To}"
            : $"go to {Latest(Lines.V39)} first and raise metadata.version to 21 (3.9-IV0) there";

    private static KafkaRelease Latest(ReleaseLine line) => ReleaseCatalog.Find(line).Value.LatestPatch!.Value;

    private static string Name(short level) => MetadataVersion.Find(level)?.ToString() ?? $"{level}";
}
