using Metamorph.Releases;

namespace Metamorph.Sandbox;

/// <summary>What a cluster does by what is finalized in it, whatever binaries its nodes run.</summary>
public static class MetadataRules
{
    private const short KeepsLeaderEpochOnShrink = 12; // 3.6-IV0
    private const short HasDirectoryAssignments = 17; // 3.7-IV2

    /// <summary>
    /// Whether a shrink of the ISR raises the leader epoch, and so sends every client back for metadata.
    /// </summary>
    /// <remarks>KAFKA-15021: <c>PartitionChangeBuilder.triggerLeaderEpochBumpForIsrShrinkIfNeeded</c>.</remarks>
    public static bool BumpsLeaderEpochOnIsrShrink(short metadataVersion) => metadataVersion < KeepsLeaderEpochOnShrink;

    /// <summary>
    /// Whether brokers register the ids of their log dirs and the controller knows the dir of each replica (KIP-858).
    /// A broker registers again when the cluster crosses this level.
    /// </summary>
    public static bool HasLogDirIds(short metadataVersion) => metadataVersion >= HasDirectoryAssignments;

    /// <summary>
    /// Whether controllers register, so that a level must be within every controller's range too (KIP-919).
    /// </summary>
    public static bool ControllersRegister(short metadataVersion) =>
        metadataVersion >= MetadataVersion.ControllersRegister;

    /// <summary>Whether a partition whose ISR falls below min ISR remembers who may still lead it (KIP-966).</summary>
    /// <remarks>
    /// A cluster that has it also has a dynamic default <c>min.insync.replicas</c>, which the active controller writes
    /// from its own value when the feature comes on, by format or by UpdateFeatures: seen at 4.3.1.
    /// </remarks>
    public static bool HasEligibleLeaderReplicas(IReadOnlyDictionary<string, short> finalized) =>
        LevelOf(finalized, KafkaFeatures.EligibleLeaderReplicas) >= 1;

    /// <summary>
    /// Whether the group coordinator runs groups of KIP-848. It answers UNSUPPORTED_VERSION otherwise.
    /// </summary>
    /// <remarks>
    /// From 3.7 to 3.9 <c>group.coordinator.rebalance.protocols</c> could turn it on as a preview; the sandbox has it
    /// off.
    /// Only 4.0 and newer support <c>group.version</c>, so that the level alone decides.
    /// </remarks>
    public static bool HasConsumerGroupProtocol(IReadOnlyDictionary<string, short> finalized) =>
        LevelOf(finalized, KafkaFeatures.GroupVersion) >= 1;

    /// <summary>
    /// Whether a transaction's end raises the producer epoch and partitions join it by Produce alone (KIP-890).
    /// </summary>
    public static bool HasTransactionDefence(IReadOnlyDictionary<string, short> finalized) =>
        LevelOf(finalized, KafkaFeatures.TransactionVersion) >= 2;

    /// <summary>
    /// Whether <c>metadata.version</c> may be lowered so far: no level on the way has changed the records.
    /// </summary>
    /// <remarks>No release has a working unsafe downgrade, so whether it was asked for makes no difference.</remarks>
    public static bool CanLowerMetadataVersion(short from, short to) =>
        DowngradeRules.LosslessFloor(from) is { } floor && to >= floor && to <= from;

    private static short LevelOf(IReadOnlyDictionary<string, short> finalized, string feature) =>
        finalized.GetValueOrDefault(feature);
}
