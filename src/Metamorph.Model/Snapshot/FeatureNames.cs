namespace Metamorph.Model;

/// <summary>Features that the code must know by name; all others are data.</summary>
public static class FeatureNames
{
    /// <summary>The level of the metadata records: what ZooKeeper mode called inter.broker.protocol.version.</summary>
    public const string MetadataVersion = "metadata.version";

    /// <summary>The kind of quorum: 0 static, 1 dynamic (KIP-853). Never lowered, and never raised unasked.</summary>
    public const string KRaftVersion = "kraft.version";
}
