using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>The release lines, oldest first. One entry each, in the order in which the facts are asked for.</summary>
internal static class ReleaseTable
{
    private const short Lowest4 = MetadataVersion.MinimumOf4;

    public static readonly ImmutableArray<ReleaseFacts> Lines =
    [
        Old(new(2, 8, 2), since: "2021-04", ibp: "2.8-IV1", java: [8, 11],
            "its KRaft mode was early access: such a cluster cannot be upgraded at all"),
        Old(new(3, 0, 2), since: "2021-09", ibp: "3.0-IV1", java: [8, 11],
            "KRaft was a preview, without a metadata.version that could be finalized"),
        Old(new(3, 1, 2), since: "2022-01", ibp: "3.1-IV0", java: [8, 11, 17],
            "KRaft was a preview, without a metadata.version that could be finalized"),
        Old(new(3, 2, 3), since: "2022-05", ibp: "3.2-IV0", java: [8, 11, 17],
            "KRaft was a preview, without a metadata.version that could be finalized"),
        Bridge(new(3, 3, 2), since: "2022-10", ibp: "3.3-IV3", java: [8, 11, 17], metadata: 7,
            "3.3.0 was not announced; 3.3.1 is the first release for everyone"),
        Bridge(new(3, 4, 1), since: "2023-02", ibp: "3.4-IV0", java: [8, 11, 17], metadata: 8),
        Bridge(new(3, 5, 2), since: "2023-06", ibp: "3.5-IV2", java: [8, 11, 17], metadata: 11),
        Bridge(new(3, 6, 2), since: "2023-10", ibp: "3.6-IV2", java: [8, 11, 17], metadata: 14,
            "its ZooKeeper client cannot talk to a ZooKeeper 3.4 server (KIP-902)"),
        Bridge(new(3, 7, 2), since: "2024-02", ibp: "3.7-IV4", java: [8, 11, 17], metadata: 19,
            "leaders stop advancing the high watermark while a partition is under min ISR",
            "controllers register themselves once metadata.version is 15 or higher"),
        Bridge(new(3, 8, 1), since: "2024-07", ibp: "3.8-IV0", java: [8, 11, 17], metadata: 20),
        Bridge(new(3, 9, 2), since: "2024-11", ibp: "3.9-IV0", java: [8, 11, 17, 21], metadata: 21,
            "the last line with ZooKeeper, and the bridge from it to 4.x")
            with
        {
            SupportedFeatures = Ranges((KafkaFeatures.MetadataVersion, 1, 21), (KafkaFeatures.KRaftVersion, 0, 1)),
            DefaultLevels = Levels((KafkaFeatures.KRaftVersion, 1)),
        },
        new()
        {
            Line = new(4, 0),
            Since = "2025-03",
            LatestPatch = new(4, 0, 2),
            InterBrokerProtocol = null,
            JavaSupported = [17, 21],
            SupportedFeatures = Ranges(
                (KafkaFeatures.MetadataVersion, Lowest4, 25),
                (KafkaFeatures.KRaftVersion, 0, 1),
                (KafkaFeatures.TransactionVersion, 0, 2),
                (KafkaFeatures.GroupVersion, 0, 1),
                (KafkaFeatures.EligibleLeaderReplicas, 0, 1)),
            DefaultLevels = Levels(
                (KafkaFeatures.KRaftVersion, 1),
                (KafkaFeatures.TransactionVersion, 2),
                (KafkaFeatures.GroupVersion, 1),
                (KafkaFeatures.EligibleLeaderReplicas, 0)),
            Notes = ["kraft.version cannot be raised on an existing static quorum before 4.1"],
        },
        new()
        {
            Line = new(4, 1),
            Since = "2025-09",
            LatestPatch = new(4, 1, 2),
            InterBrokerProtocol = null,
            JavaSupported = [17, 21],
            SupportedFeatures = Ranges(
                (KafkaFeatures.MetadataVersion, Lowest4, 27),
                (KafkaFeatures.KRaftVersion, 0, 1),
                (KafkaFeatures.TransactionVersion, 0, 2),
                (KafkaFeatures.GroupVersion, 0, 1),
                (KafkaFeatures.EligibleLeaderReplicas, 0, 1),
                (KafkaFeatures.ShareVersion, 0, 1)),
            DefaultLevels = Levels(
                (KafkaFeatures.KRaftVersion, 1),
                (KafkaFeatures.TransactionVersion, 2),
                (KafkaFeatures.GroupVersion, 1),
                (KafkaFeatures.EligibleLeaderReplicas, 1),
                (KafkaFeatures.ShareVersion, 0),
                (KafkaFeatures.StreamsVersion, 0)),
            Notes = ["share.version 1 is a preview in this line"],
        },
        new()
        {
            Line = new(4, 2),
            Since = "2026-02",
            LatestPatch = new(4, 2, 1),
            InterBrokerProtocol = null,
            JavaSupported = [17, 21, 25],
            SupportedFeatures = RangesSince42(metadata: 29, share: 1),
            DefaultLevels = DefaultsSince42(share: 1),
        },
        new()
        {
            Line = new(4, 3),
            Since = "2026-05",
            LatestPatch = new(4, 3, 1),
            InterBrokerProtocol = null,
            JavaSupported = [17, 21, 25],
            SupportedFeatures = RangesSince42(metadata: 30, share: 1),
            DefaultLevels = DefaultsSince42(share: 1),
        },
        new()
        {
            Line = new(4, 4),
            Since = null,
            LatestPatch = null,
            InterBrokerProtocol = null,
            JavaSupported = [17, 21, 25],
            SupportedFeatures = RangesSince42(metadata: 33, share: 2),
            DefaultLevels = DefaultsSince42(share: 2),
            Notes = ["in August 2026 its branch still stopped at metadata.version 30; what a node says counts"],
        },
    ];

    // Before 3.3 a node had no features at all.
    private static ReleaseFacts Old(KafkaRelease latest, string since, string ibp, int[] java, params string[] notes) =>
        new()
        {
            Line = latest.Line,
            Since = since,
            LatestPatch = latest,
            InterBrokerProtocol = ibp,
            JavaSupported = [.. java],
            SupportedFeatures = Ranges(),
            DefaultLevels = Levels(),
            Notes = [.. notes],
        };

    // 3.3 to 3.9 run with ZooKeeper (and an IBP) or with KRaft (and a metadata.version).
    private static ReleaseFacts Bridge(
        KafkaRelease latest, string since, string ibp, int[] java, short metadata, params string[] notes) =>
        Old(latest, since, ibp, java, notes) with
        {
            SupportedFeatures = Ranges((KafkaFeatures.MetadataVersion, 1, metadata)),
        };

    private static ImmutableSortedDictionary<string, FeatureRange> RangesSince42(short metadata, short share) => Ranges(
        (KafkaFeatures.MetadataVersion, Lowest4, metadata),
        (KafkaFeatures.KRaftVersion, 0, 1),
        (KafkaFeatures.TransactionVersion, 0, 2),
        (KafkaFeatures.GroupVersion, 0, 1),
        (KafkaFeatures.EligibleLeaderReplicas, 0, 1),
        (KafkaFeatures.ShareVersion, 0, share),
        (KafkaFeatures.StreamsVersion, 0, 1));

    private static ImmutableSortedDictionary<string, short> DefaultsSince42(short share) => Levels(
        (KafkaFeatures.KRaftVersion, 1),
        (KafkaFeatures.TransactionVersion, 2),
        (KafkaFeatures.GroupVersion, 1),
        (KafkaFeatures.EligibleLeaderReplicas, 1),
        (KafkaFeatures.ShareVersion, share),
        (KafkaFeatures.StreamsVersion, 1));

    private static ImmutableSortedDictionary<string, FeatureRange> Ranges(
        params (string Feature, short Min, short Max)[] ranges) =>
        ranges.ToImmutableSortedDictionary(
            range => range.Feature, range => new FeatureRange(range.Min, range.Max), StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, short> Levels(params (string Feature, short Level)[] levels) =>
        levels.ToImmutableSortedDictionary(level => level.Feature, level => level.Level, StringComparer.Ordinal);
}
