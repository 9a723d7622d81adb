using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Records.Compression;

namespace Metamorph.Kafka.Records;

/// <summary>
/// A batch of format 2, as logs and requests hold it: a header that is always readable, and records that may be
/// compressed.
/// </summary>
/// <remarks>
/// It refers to the bytes it was read from; <see cref="Bytes"/> can be passed on unchanged, whatever their
/// compression.
/// </remarks>
public sealed class RecordBatch
{
    private readonly short _attributes;
    private readonly ReadOnlyMemory<byte> _payload;

    internal RecordBatch(ReadOnlyMemory<byte> bytes)
    {
        Bytes = bytes;
        var reader = new KafkaReader(bytes);
        BaseOffset = reader.ReadInt64();
        reader.ReadInt32();
        PartitionLeaderEpoch = reader.ReadInt32();
        reader.ReadInt8();
        reader.ReadUInt32();
        _attributes = reader.ReadInt16();
        LastOffsetDelta = reader.ReadInt32();
        BaseTimestampMs = reader.ReadInt64();
        MaxTimestampMs = reader.ReadInt64();
        ProducerId = reader.ReadInt64();
        ProducerEpoch = reader.ReadInt16();
        BaseSequence = reader.ReadInt32();
        RecordCount = reader.ReadInt32();
        _payload = bytes[RecordBatchLayout.Records..];
    }

    /// <summary>The whole batch.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The first record's offset. A producer writes 0, and the broker the real one.</summary>
    public long BaseOffset { get; }

    /// <summary>The last record's offset, which compaction may have removed.</summary>
    public long LastOffset => BaseOffset + LastOffsetDelta;

    /// <summary>The last record's offset less the first's.</summary>
    public int LastOffsetDelta { get; }

    /// <summary>The leader epoch in which the batch was appended; -1 from a producer.</summary>
    public int PartitionLeaderEpoch { get; }

    /// <summary>The first record's timestamp, in milliseconds since 1970.</summary>
    public long BaseTimestampMs { get; }

    /// <summary>The latest timestamp in the batch, in milliseconds since 1970.</summary>
    public long MaxTimestampMs { get; }

    /// <summary>Who made an idempotent batch; -1 when nobody said.</summary>
    public long ProducerId { get; }

    /// <summary>Which incarnation of the producer; -1 when nobody said.</summary>
    public short ProducerEpoch { get; }

    /// <summary>The producer's own number of the first record; -1 when it does not count.</summary>
    public int BaseSequence { get; }

    /// <summary>How many records the header promises.</summary>
    public int RecordCount { get; }

    /// <summary>How the records are compressed. May be a number that has no name.</summary>
    public CompressionType Compression => (CompressionType)(_attributes & RecordBatchLayout.CompressionMask);

    /// <summary>Whether all timestamps are <see cref="MaxTimestampMs"/>, when the broker appended the batch.</summary>
    public bool IsLogAppendTime => (_attributes & RecordBatchLayout.LogAppendTime) != 0;

    /// <summary>Whether the records count only if their transaction commits.</summary>
    public bool IsTransactional => (_attributes & RecordBatchLayout.Transactional) != 0;

    /// <summary>Whether the records speak to readers of the log, and not to applications.</summary>
    public bool IsControl => (_attributes & RecordBatchLayout.Control) != 0;

    /// <summary>The records, decompressed when they need to be.</summary>
    /// <exception cref="UnsupportedCompressionException">This build cannot decompress them.</exception>
    /// <exception cref="KafkaProtocolException">
    /// They are damaged, or larger than <see cref="Decompressor.MaxBytes"/>.
    /// </exception>
    public KafkaRecord[] ReadRecords()
    {
        var reader = new KafkaReader(Decompressor.Decompress(Compression, _payload));
        if (RecordCount < 0 || (long)RecordCount * RecordBatchLayout.SmallestRecord > reader.Remaining)
        {
            throw new KafkaProtocolException($"{RecordCount} records cannot be in {reader.Remaining} bytes");
        }

        var records = new KafkaRecord[RecordCount];
        for (var i = 0; i < records.Length; i++)
        {
            records[i] = ReadRecord(ref reader);
        }

        reader.ExpectEnd();
        return records;
    }

    /// <summary>What a control batch says; <c>null</c> for any other batch.</summary>
    /// <exception cref="KafkaProtocolException">It has no record, or one without a kind.</exception>
    public ControlRecordType? ReadControlType()
    {
        if (!IsControl)
        {
            return null;
        }

        if (ReadRecords() is not [{ Key: { Length: >= 4 } key }, ..])
        {
            throw new KafkaProtocolException("a control batch does not say of which kind it is");
        }

        // The version of the key's own layout comes first, and any newer one still starts like this.
        var reader = new KafkaReader(key);
        reader.ReadInt16();
        return (ControlRecordType)reader.ReadInt16();
    }

    private KafkaRecord ReadRecord(ref KafkaReader reader)
    {
        var length = reader.ReadVarint();
        var start = reader.Position;
        reader.ReadInt8();
        var timestampDelta = reader.ReadVarlong();
        var offsetDelta = reader.ReadVarint();
        var record = new KafkaRecord
        {
            Offset = BaseOffset + offsetDelta,
            TimestampMs = IsLogAppendTime ? MaxTimestampMs : BaseTimestampMs + timestampDelta,
            Key = reader.ReadVarintBytes(),
            Value = reader.ReadVarintBytes(),
            Headers = ReadHeaders(ref reader),
        };

        if (reader.Position - start != length)
        {
            throw new KafkaProtocolException($"a record of {reader.Position - start} bytes says it has {length}");
        }

        return record;
    }

    private static RecordHeader[] ReadHeaders(ref KafkaReader reader)
    {
        var count = reader.ReadVarint();
        if (count < 0 || (long)count * 2 > reader.Remaining)
        {
            throw new KafkaProtocolException($"{count} headers cannot be in {reader.Remaining} bytes");
        }

        var headers = count == 0 ? [] : new RecordHeader[count];
        for (var i = 0; i < headers.Length; i++)
        {
            headers[i] = new RecordHeader(reader.ReadVarintString(), reader.ReadVarintBytes());
        }

        return headers;
    }
}
