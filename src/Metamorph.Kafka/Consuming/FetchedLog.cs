using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Records;

namespace Metamorph.Kafka.Consuming;

/// <summary>Reads the piece of a log that a fetch brought.</summary>
internal static class FetchedLog
{
    /// <summary>The records from an offset on, and the offset to read next.</summary>
    /// <remarks>
    /// A broker sends whole batches, from the one that holds the offset: what comes before it is passed over, and so are
    /// the log's own marks. A last batch that is cut off is left for the next fetch.
    /// </remarks>
    /// <exception cref="KafkaException">A batch is damaged, or compressed in a way that cannot be read.</exception>
    public static (List<ConsumedRecord> Records, long Next) Read(ReadOnlyMemory<byte>? bytes, long from)
    {
        var records = new List<ConsumedRecord>();
        var next = from;
        foreach (var batch in RecordBatches.Read(bytes))
        {
            next = Math.Max(next, batch.LastOffset + 1);
            if (batch.IsControl)
            {
                continue;
            }

            foreach (var record in batch.ReadRecords())
            {
                if (record.Offset >= from)
                {
                    records.Add(new ConsumedRecord(record.Offset, record.TimestampMs, record.Value ?? ReadOnlyMemory<byte>.Empty));
                }
            }
        }

        return (records, next);
    }
}
