using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Kafka.Consuming;

/// <summary>Reads the record batches of a fetch answer.</summary>
internal static class BatchDecoding
{
    private const int Overhead = 12;

    /// <summary>The records from an offset on, and the offset to read next. The last batch may be cut off, and is then left for the next fetch.</summary>
    public static (List<ConsumedRecord> Records, long Next) Decode(ReadOnlyMemory<byte> bytes, long from)
    {
        var records = new List<ConsumedRecord>();
        var next = from;
        var reader = new KafkaReader(bytes);
        while (reader.Remaining >= Overhead)
        {
            var baseOffset = reader.ReadInt64();
            var length = reader.ReadInt32();
            if (length > reader.Remaining)
            {
                break;
            }

            var batch = new KafkaReader(bytes.Slice(reader.Position, length));
            reader.ReadRaw(length);
            batch.ReadInt32();
            if (batch.ReadInt8() != 2)
            {
                throw new KafkaProtocolException("a record batch of an old format");
            }

            batch.ReadInt32();
            var attributes = batch.ReadInt16();
            var lastDelta = batch.ReadInt32();
            var baseTimestamp = batch.ReadInt64();
            batch.ReadRaw(8 + 8 + 2 + 4);
            var count = batch.ReadInt32();
            if ((attributes & 7) != 0)
            {
                throw new KafkaProtocolException("a compressed record batch");
            }

            for (var index = 0; index < count && (attributes & 0x20) == 0; index++)
            {
                batch.ReadVarint();
                batch.ReadInt8();
                var timestamp = baseTimestamp + batch.ReadVarlong();
                var offset = baseOffset + batch.ReadVarint();
                batch.ReadRaw(Math.Max(0, batch.ReadVarint()));
                var valueLength = batch.ReadVarint();
                var start = batch.Position;
                batch.ReadRaw(Math.Max(0, valueLength));
                for (var headers = batch.ReadVarint(); headers > 0; headers--)
                {
                    batch.ReadRaw(batch.ReadVarint());
                    batch.ReadRaw(Math.Max(0, batch.ReadVarint()));
                }

                if (offset >= from)
                {
                    records.Add(new ConsumedRecord(
                        offset, timestamp, bytes.Slice(reader.Position - length + start, Math.Max(0, valueLength))));
                }
            }

            next = Math.Max(next, baseOffset + lastDelta + 1);
        }

        return (records, next);
    }
}
