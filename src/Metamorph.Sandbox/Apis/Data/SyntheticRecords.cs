using System.Text;
using Metamorph.Kafka.Records;

namespace Metamorph.Sandbox;

/// <summary>Records for offsets whose real content nobody knows: made when they are read, the same every time.</summary>
internal static class SyntheticRecords
{
    private const int RecordsInBatch = 50;
    private const int LargestRecord = 4096;

    /// <summary>A batch that begins at an offset.</summary>
    /// <param name="offset">The first record.</param>
    /// <param name="upTo">No record is at this offset or after it.</param>
    /// <param name="log">Tells how large a record is on average.</param>
    public static ReadOnlyMemory<byte> At(long offset, long upTo, ReplicaLog log)
    {
        var size = (int)Math.Clamp(log.SyntheticBytes / Math.Max(1, log.SyntheticEnd - log.Start), 16, LargestRecord);
        var builder = new RecordBatchBuilder { BaseOffset = offset, PartitionLeaderEpoch = 0 };
        for (var next = offset; next < Math.Min(upTo, offset + RecordsInBatch); next++)
        {
            builder.Add(key: null, value: Encoding.ASCII.GetBytes($"synthetic {next} ".PadRight(size, '.')), timestampMs: 0);
        }

        return builder.Build();
    }
}
