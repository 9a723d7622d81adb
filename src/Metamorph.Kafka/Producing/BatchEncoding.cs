using System.Buffers.Binary;
using System.Numerics;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Kafka.Producing;

/// <summary>Writes a record batch, uncompressed.</summary>
internal static class BatchEncoding
{
    public static byte[] Encode(IReadOnlyList<OutgoingRecord> records, long producerId, BatchSequence sequence)
    {
        var body = new KafkaWriter(64 + records.Sum(record => record.Value.Length + 20));
        body.WriteInt64(0);
        body.WriteInt32(0);
        body.WriteInt32(-1);
        body.WriteInt8(2);
        body.WriteInt32(0);
        body.WriteInt16(0);
        body.WriteInt32(records.Count - 1);
        body.WriteInt64(records[0].TimestampMs);
        body.WriteInt64(records.Max(record => record.TimestampMs));
        body.WriteInt64(producerId);
        body.WriteInt16(sequence.ProducerEpoch);
        body.WriteInt32(sequence.First);
        body.WriteInt32(records.Count);
        for (var index = 0; index < records.Count; index++)
        {
            var record = records[index];
            var item = new KafkaWriter(record.Value.Length + 20);
            item.WriteInt8(0);
            item.WriteVarlong(record.TimestampMs - records[0].TimestampMs);
            item.WriteVarint(index);
            item.WriteVarint(-1);
            item.WriteVarint(record.Value.Length);
            item.WriteRaw(record.Value.Span);
            item.WriteVarint(0);
            body.WriteVarint(item.Length);
            body.WriteRaw(item.WrittenSpan);
            item.Dispose();
        }

        var bytes = body.ToArray();
        body.Dispose();
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), bytes.Length - 12);
        var crc = uint.MaxValue;
        foreach (var one in bytes.AsSpan(21))
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(17), ~crc);
        return bytes;
    }
}
