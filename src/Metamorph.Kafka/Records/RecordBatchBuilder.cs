using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Records.Compression;

namespace Metamorph.Kafka.Records;

/// <summary>Collects records and makes a batch of format 2 of them.</summary>
public sealed class RecordBatchBuilder
{
    private readonly List<KafkaRecord> _records = [];

    /// <summary>The first record's offset: 0 from a producer, the log's end from a broker.</summary>
    public long BaseOffset { get; init; }

    /// <summary>The leader epoch in which the batch is appended; -1 from a producer.</summary>
    public int PartitionLeaderEpoch { get; init; } = -1;

    /// <summary>Who makes the batch, when it is idempotent; otherwise -1.</summary>
    public long ProducerId { get; init; } = -1;

    /// <summary>Which incarnation of the producer; otherwise -1.</summary>
    public short ProducerEpoch { get; init; } = -1;

    /// <summary>The producer's own number of the first record; otherwise -1.</summary>
    public int BaseSequence { get; init; } = -1;

    /// <summary>Whether the records count only if their transaction commits.</summary>
    public bool IsTransactional { get; init; }

    /// <summary>Whether the records speak to readers of the log, and not to applications.</summary>
    public bool IsControl { get; init; }

    /// <summary>How to compress: not at all, or with gzip. The others are only read.</summary>
    public CompressionType Compression { get; init; }

    /// <summary>How many records there are.</summary>
    public int Count => _records.Count;

    /// <summary>Adds a record at the next offset.</summary>
    public RecordBatchBuilder Add(
        long timestampMs, ReadOnlyMemory<byte>? key, ReadOnlyMemory<byte>? value, params RecordHeader[] headers)
    {
        _records.Add(new KafkaRecord
        {
            Offset = BaseOffset + _records.Count,
            TimestampMs = timestampMs,
            Key = key,
            Value = value,
            Headers = headers,
        });
        return this;
    }

    /// <summary>The batch, with its checksum.</summary>
    /// <exception cref="InvalidOperationException">It has no records: Kafka takes no empty batch.</exception>
    /// <exception cref="UnsupportedCompressionException">This build cannot compress that way.</exception>
    public byte[] Build()
    {
        if (_records.Count == 0)
        {
            throw new InvalidOperationException("a batch without records");
        }

        var payload = Compressor.Compress(Compression, WriteRecords());
        var writer = new KafkaWriter(RecordBatchLayout.Records + payload.Length);
        try
        {
            WriteHeader(ref writer);
            writer.WriteRaw(payload);
            writer.PatchInt32(RecordBatchLayout.Length, writer.Length - RecordBatchLayout.Counted);
            var crc = Crc32C.Of(writer.WrittenSpan[RecordBatchLayout.Attributes..]);
            writer.PatchInt32(RecordBatchLayout.Crc, (int)crc);
            return writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    private void WriteHeader(ref KafkaWriter writer)
    {
        writer.WriteInt64(BaseOffset);
        writer.WriteInt32(0);
        writer.WriteInt32(PartitionLeaderEpoch);
        writer.WriteInt8((sbyte)RecordBatchLayout.CurrentMagic);
        writer.WriteInt32(0);
        writer.WriteInt16(Attributes());
        writer.WriteInt32(_records.Count - 1);
        writer.WriteInt64(_records[0].TimestampMs);
        writer.WriteInt64(_records.Max(record => record.TimestampMs));
        writer.WriteInt64(ProducerId);
        writer.WriteInt16(ProducerEpoch);
        writer.WriteInt32(BaseSequence);
        writer.WriteInt32(_records.Count);
    }

    private short Attributes() =>
        (short)((int)Compression
            | (IsTransactional ? RecordBatchLayout.Transactional : 0)
            | (IsControl ? RecordBatchLayout.Control : 0));

    private byte[] WriteRecords()
    {
        var writer = new KafkaWriter();
        try
        {
            for (var i = 0; i < _records.Count; i++)
            {
                WriteRecord(ref writer, i);
            }

            return writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    private void WriteRecord(ref KafkaWriter writer, int offsetDelta)
    {
        var record = _records[offsetDelta];
        var timestampDelta = record.TimestampMs - _records[0].TimestampMs;
        writer.WriteVarint(SizeOf(record, timestampDelta, offsetDelta));
        writer.WriteInt8(0);
        writer.WriteVarlong(timestampDelta);
        writer.WriteVarint(offsetDelta);
        writer.WriteVarintBytes(record.Key);
        writer.WriteVarintBytes(record.Value);
        writer.WriteVarint(record.Headers.Length);
        foreach (var header in record.Headers)
        {
            writer.WriteVarintString(header.Key);
            writer.WriteVarintBytes(header.Value);
        }
    }

    private static int SizeOf(KafkaRecord record, long timestampDelta, int offsetDelta)
    {
        var size = 1
            + KafkaWriter.SizeOfVarlong(timestampDelta)
            + KafkaWriter.SizeOfVarint(offsetDelta)
            + KafkaWriter.SizeOfVarintBytes(record.Key)
            + KafkaWriter.SizeOfVarintBytes(record.Value)
            + KafkaWriter.SizeOfVarint(record.Headers.Length);
        foreach (var header in record.Headers)
        {
            size += KafkaWriter.SizeOfVarintString(header.Key) + KafkaWriter.SizeOfVarintBytes(header.Value);
        }

        return size;
    }
}
