using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>The legs from one release line to another, or why there is no way.</summary>
/// <param name="Hops">In order; empty when there is nothing to do or no way.</param>
/// <param name="NoWay">Why there is no way; null when there is one.</param>
public sealed record UpgradeRoute(ImmutableArray<Hop> Hops, string? NoWay)
{
    /// <summary>The shortest way that needs no stop which is not there for a reason.</summary>
    public static UpgradeRoute Between(ReleaseLine from, ReleaseLine to, bool zooKeeperMode)
    {
        if (ObstacleBetween(from, to, zooKeeperMode) is { } obstacle)
        {
            return new UpgradeRoute([], obstacle);
        }

        if (from == to)
        {
            return new UpgradeRoute([], null);
        }

        if (to < Lines.V40)
        {
            return new UpgradeRoute([zooKeeperMode ? ZooKeeperRoll(from, to) : KRaftRoll(from, to)], null);
        }

        if (zooKeeperMode)
        {
            return new UpgradeRoute(
                from == Lines.V39
                    ? [Migration, KRaftRoll(from, to)]
                    : [ZooKeeperRoll(from, Lines.V39), Migration, KRaftRoll(Lines.V39, to)],
                null);
        }

        return new UpgradeRoute(
            from < Lines.V34
                ? [KRaftRoll(from, Lines.V39), KRaftRoll(Lines.V39, to)]
                : [KRaftRoll(from, to)],
            null);
    }

    private static string? ObstacleBetween(ReleaseLine from, ReleaseLine to, bool zooKeeperMode)
    {
        foreach (var line in new[] { from, to })
        {
            if (ReleaseCatalog.Find(line) is { IsKnown: false, Why: { } why })
            {
                return why;
            }
        }

        if (to < from)
        {
            return $"{to} is older than {from}: this version does not go back";
        }

        if (to != from && !ReleaseCatalog.Find(to).Value.IsReleased)
        {
            return $"{to} is not released";
        }

        if (zooKeeperMode && from >= Lines.V40)
        {
            return $"{from} has no ZooKeeper mode";
        }

        return !zooKeeperMode && from == Lines.V28 && to != from
            ? "the early access of KRaft in 2.8 cannot be upgraded: build a new cluster and mirror the topics into it"
            : null;
    }

    private static Hop Migration { get; } = new(
        HopKind.MigrateToKRaft, Lines.V39, Lines.V39,
        "4.x has no ZooKeeper, and 3.9 is the last line that can move the metadata to KRaft",
        "finalizing the migration (the controllers restart without zookeeper.metadata.migration.enable): "
        + "until then it can be reverted, afterwards never");

    private static Hop ZooKeeperRoll(ReleaseLine from, ReleaseLine to) => new(
        HopKind.Roll, from, to,
        to == Lines.V39
            ? "3.9 is the bridge between ZooKeeper and KRaft; it can be reached from any known line at once"
            : "minors can be skipped within one mode",
        $"raising inter.broker.protocol.version to {to}: until then nodes can return to {from}");

    private static Hop KRaftRoll(ReleaseLine from, ReleaseLine to) => new(
        HopKind.Roll, from, to, WhyRoll(from, to), NoReturnOfRoll(from, to));

    private static string WhyRoll(ReleaseLine from, ReleaseLine to) => (from, to) switch
    {
        _ when to == Lines.V39 && from < Lines.V33 =>
            $"KRaft of {from} was a preview; 4.x reads metadata.version 7 (3.3-IV3) and higher, which 3.9 can finalize",
        _ when to == Lines.V39 && from == Lines.V33 =>
            "nodes of 3.3 that go straight to 4.x may not start (KAFKA-18442); by way of 3.9 they do",
        _ => "minors can be skipped within one mode",
    };

    private static string NoReturnOfRoll(ReleaseLine from, ReleaseLine to)
    {
        if (ReleaseCatalog.Find(to).Value.MetadataVersion is not { } target)
        {
            return "none: KRaft of this line finalizes no metadata.version";
        }

        // A line before 3.3 wrote its level without a record of it: 3.0-IV1 is how Kafka reads such a log.
        var before = ReleaseCatalog.Find(from).Value.MetadataVersion?.Max ?? 1;
        var wayBack = DowngradeRules.WayBackAfter(before, target.Max).Value;
        return $"finalizing metadata.version {MetadataVersion.Find(target.Max)}: {wayBack.Sentence}";
    }
}
