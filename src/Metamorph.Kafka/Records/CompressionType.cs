namespace Metamorph.Kafka.Records;

/// <summary>How the records of a batch are compressed: the lowest three bits of its attributes.</summary>
public enum CompressionType
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>A gzip stream.</summary>
    Gzip = 1,

    /// <summary>Snappy, bare or in the blocks that the Java library frames it with.</summary>
    Snappy = 2,

    /// <summary>An LZ4 frame.</summary>
    Lz4 = 3,

    /// <summary>Zstandard. Known, but neither read nor written: .NET has none.</summary>
    Zstd = 4,
}
