using System.Collections.Immutable;

namespace Metamorph.Releases;

/// <summary>One level of a feature other than <c>metadata.version</c>.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Level">The number that is finalized; 0 is the feature switched off.</param>
/// <param name="Meaning">What it brings, in a few words.</param>
/// <param name="BootstrapMetadataVersion">The <c>metadata.version</c> from which new clusters may start with it.</param>
/// <param name="NeedsMetadataVersion">The <c>metadata.version</c> without which it is refused.</param>
public sealed record FeatureLevel(
    string Feature, short Level, string Meaning, short BootstrapMetadataVersion, short NeedsMetadataVersion)
{
    // Any level above 0 needs the minimum of 4.x; eligible leader replicas need the fields that 4.0-IV1 brought.
    private const short EligibleLeaderFields = 23;

    /// <summary>Every level above 0 that is known.</summary>
    public static ImmutableArray<FeatureLevel> All { get; } =
    [
        new(KafkaFeatures.KRaftVersion, 1, "dynamic quorum, KIP-853", 21, MetadataVersion.MinimumOf4),
        new(KafkaFeatures.TransactionVersion, 1, "flexible transaction records", 24, MetadataVersion.MinimumOf4),
        new(KafkaFeatures.TransactionVersion, 2, "transaction defence, KIP-890", 24, MetadataVersion.MinimumOf4),
        new(KafkaFeatures.GroupVersion, 1, "consumer groups of KIP-848", 22, MetadataVersion.MinimumOf4),
        new(KafkaFeatures.EligibleLeaderReplicas, 1, "eligible leader replicas, KIP-966", 26, EligibleLeaderFields),
        new(KafkaFeatures.ShareVersion, 1, "share groups, KIP-932", 28, MetadataVersion.MinimumOf4),
        new(KafkaFeatures.ShareVersion, 2, "share groups with a dead-letter queue", 31, MetadataVersion.MinimumOf4),
        new(KafkaFeatures.StreamsVersion, 1, "streams groups, KIP-1071", 29, MetadataVersion.MinimumOf4),
    ];

    /// <summary>The level, or null when it is not known, or 0.</summary>
    public static FeatureLevel? Find(string feature, short level) =>
        All.FirstOrDefault(known => known.Feature == feature && known.Level == level);
}
