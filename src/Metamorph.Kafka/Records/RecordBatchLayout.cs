namespace Metamorph.Kafka.Records;

/// <summary>Where in a batch of format 2 its parts are.</summary>
internal static class RecordBatchLayout
{
    public const int BaseOffset = 0;
    public const int Length = 8;
    public const int PartitionLeaderEpoch = 12;
    public const int Magic = 16;
    public const int Crc = 17;

    /// <summary>The checksum covers everything from here to the end: not what a broker sets on arrival.</summary>
    public const int Attributes = 21;

    public const int RecordCount = 57;
    public const int Records = 61;

    /// <summary>What the length field counts starts after itself.</summary>
    public const int Counted = 12;

    public const byte CurrentMagic = 2;

    public const short CompressionMask = 0x07;
    public const short LogAppendTime = 0x08;
    public const short Transactional = 0x10;
    public const short Control = 0x20;

    /// <summary>
    /// A record that is nothing but lengths: its own, attributes, two deltas, key, value and headers.
    /// </summary>
    public const int SmallestRecord = 7;
}
