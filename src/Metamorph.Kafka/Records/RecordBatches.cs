using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Kafka.Records;

/// <summary>Finds the batches in a records field.</summary>
public static class RecordBatches
{
    /// <summary>The batches in <paramref name="records"/>, in order.</summary>
    /// <remarks>
    /// A broker cuts a fetched log at a size, not between batches: what is left of a cut batch at the end is passed
    /// over. Empty or null records have no batches.
    /// </remarks>
    /// <exception cref="KafkaProtocolException">
    /// A batch is damaged (its checksum is wrong), or of a format older than 2, which Kafka 4 no longer speaks.
    /// </exception>
    public static IReadOnlyList<RecordBatch> Read(ReadOnlyMemory<byte>? records)
    {
        var batches = new List<RecordBatch>();
        var rest = records ?? ReadOnlyMemory<byte>.Empty;
        while (Next(rest) is { } batch)
        {
            batches.Add(batch);
            rest = rest[batch.Bytes.Length..];
        }

        return batches;
    }

    private static RecordBatch? Next(ReadOnlyMemory<byte> rest)
    {
        if (rest.Length <= RecordBatchLayout.Magic)
        {
            return null;
        }

        var reader = new KafkaReader(rest[RecordBatchLayout.Length..]);
        var counted = reader.ReadInt32();
        var magic = rest.Span[RecordBatchLayout.Magic];
        if (magic != RecordBatchLayout.CurrentMagic)
        {
            throw new KafkaProtocolException(
                $"a record batch has format {magic}; this build reads {RecordBatchLayout.CurrentMagic}");
        }

        var size = (long)counted + RecordBatchLayout.Counted;
        if (size < RecordBatchLayout.Records)
        {
            throw new KafkaProtocolException($"a record batch says it has {size} bytes, and its header alone has more");
        }

        if (size > rest.Length)
        {
            return null;
        }

        var batch = rest[..(int)size];
        CheckCrc(batch);
        return new RecordBatch(batch);
    }

    private static void CheckCrc(ReadOnlyMemory<byte> batch)
    {
        var written = new KafkaReader(batch[RecordBatchLayout.Crc..]).ReadUInt32();
        var actual = Crc32C.Of(batch.Span[RecordBatchLayout.Attributes..]);
        if (written != actual)
        {
            throw new KafkaProtocolException(
                $"a record batch is damaged: its checksum is {actual:X8} and should be {written:X8}");
        }
    }
}
