using System.Buffers.Binary;
using Metamorph.Kafka.Errors;

namespace Metamorph.Kafka.Records.Compression;

/// <summary>
/// Decodes snappy (github.com/google/snappy, format_description.txt), bare as librdkafka writes it, or in the blocks of
/// the Java library "xerial", as Kafka's own clients do.
/// </summary>
internal static class SnappyDecoder
{
    private const int XerialHeader = 16;

    private static ReadOnlySpan<byte> XerialMagic => [0x82, 0x53, 0x4E, 0x41, 0x50, 0x50, 0x59, 0];

    public static ReadOnlyMemory<byte> Decode(ReadOnlySpan<byte> compressed, int limit)
    {
        var plain = new PlainBytes(limit);
        if (!compressed.StartsWith(XerialMagic))
        {
            DecodeBlock(compressed, plain);
            return plain.Written;
        }

        // The magic, two version numbers, then blocks with their length before them.
        var rest = compressed[Math.Min(XerialHeader, compressed.Length)..];
        while (!rest.IsEmpty)
        {
            var length = rest.Length >= sizeof(int) ? BinaryPrimitives.ReadInt32BigEndian(rest) : -1;
            if (length < 0 || length > rest.Length - sizeof(int))
            {
                throw Damaged();
            }

            DecodeBlock(rest.Slice(sizeof(int), length), plain);
            rest = rest[(sizeof(int) + length)..];
        }

        return plain.Written;
    }

    private static void DecodeBlock(ReadOnlySpan<byte> block, PlainBytes plain)
    {
        var start = plain.Length;
        var at = 0;
        var promised = ReadLength(block, ref at);
        while (at < block.Length)
        {
            var tag = block[at++];
            if ((tag & 3) == 0)
            {
                CopyLiteral(block, ref at, tag, plain);
            }
            else
            {
                Repeat(block, ref at, tag, plain, start);
            }
        }

        if (plain.Length - start != promised)
        {
            throw Damaged();
        }
    }

    private static void CopyLiteral(ReadOnlySpan<byte> block, ref int at, byte tag, PlainBytes plain)
    {
        // Up to 60 the tag holds the length; above, it says how many bytes hold it.
        long length = (tag >> 2) + 1;
        if (length > 60)
        {
            length = ReadLittleEndian(block, ref at, (int)length - 60) + 1L;
        }

        if (length > block.Length - at)
        {
            throw Damaged();
        }

        plain.Append(block.Slice(at, (int)length));
        at += (int)length;
    }

    private static void Repeat(ReadOnlySpan<byte> block, ref int at, byte tag, PlainBytes plain, int start)
    {
        var kind = tag & 3;
        var length = kind == 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
        var distance = kind switch
        {
            1 => ((uint)(tag >> 5) << 8) | ReadLittleEndian(block, ref at, 1),
            2 => ReadLittleEndian(block, ref at, 2),
            _ => ReadLittleEndian(block, ref at, 4),
        };
        plain.Repeat(distance > int.MaxValue ? int.MaxValue : (int)distance, length, start);
    }

    private static uint ReadLittleEndian(ReadOnlySpan<byte> block, ref int at, int bytes)
    {
        if (bytes > block.Length - at)
        {
            throw Damaged();
        }

        uint value = 0;
        for (var i = 0; i < bytes; i++)
        {
            value |= (uint)block[at++] << (8 * i);
        }

        return value;
    }

    private static uint ReadLength(ReadOnlySpan<byte> block, ref int at)
    {
        uint value = 0;
        for (var shift = 0; shift < 35 && at < block.Length; shift += 7)
        {
            var next = block[at++];
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Damaged();
    }

    private static KafkaProtocolException Damaged() => new("snappy records are damaged");
}
