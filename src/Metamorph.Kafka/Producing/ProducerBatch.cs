namespace Metamorph.Kafka.Producing;

/// <summary>Records of one partition that are written together, or not at all.</summary>
/// <param name="createdAt">The timestamp of the first record's arrival.</param>
internal sealed class ProducerBatch(long createdAt)
{
    private readonly List<OutgoingRecord> records = [];

    public IReadOnlyList<OutgoingRecord> Records => records;

    public long CreatedAt { get; } = createdAt;

    /// <summary>The values' bytes: the batch itself is some bytes a record larger.</summary>
    public int Bytes { get; private set; }

    /// <summary>How often it was sent, or could not be.</summary>
    public int Attempts { get; set; }

    /// <summary>What tells a broker that it has the batch already; null until the batch is closed for its first attempt.</summary>
    public BatchSequence? Sequence { get; set; }

    /// <summary>The bytes, the same in every attempt.</summary>
    public ReadOnlyMemory<byte>? Encoded { get; set; }

    public void Add(OutgoingRecord record)
    {
        records.Add(record);
        Bytes += record.Value.Length;
    }
}

/// <summary>A batch's place among its producer's batches in one partition.</summary>
/// <param name="ProducerEpoch">A new one begins to count at 0 again.</param>
/// <param name="First">The sequence of the batch's first record.</param>
internal readonly record struct BatchSequence(short ProducerEpoch, int First);
