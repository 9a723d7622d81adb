using System.Buffers.Binary;
using Metamorph.Kafka.Errors;

namespace Metamorph.Kafka.Records.Compression;

/// <summary>Decodes LZ4 frames (github.com/lz4/lz4, lz4_Frame_format.md and lz4_Block_format.md).</summary>
/// <remarks>
/// The frame's own checksums are passed over: the batch's CRC-32C has vouched for the very same bytes.
/// </remarks>
internal static class Lz4FrameDecoder
{
    private const uint Magic = 0x184D2204;
    private const uint NotCompressed = 0x80000000;
    private const int ShortestMatch = 4;

    public static ReadOnlyMemory<byte> Decode(ReadOnlySpan<byte> compressed, int limit)
    {
        var plain = new PlainBytes(limit);
        while (!compressed.IsEmpty)
        {
            DecodeFrame(ref compressed, plain);
        }

        return plain.Written;
    }

    private static void DecodeFrame(ref ReadOnlySpan<byte> rest, PlainBytes plain)
    {
        if (ReadUInt32(ref rest) != Magic)
        {
            throw Damaged();
        }

        var flags = Take(ref rest, 2)[0];
        var blocksAreIndependent = (flags & 0x20) != 0;
        var blocksHaveChecksum = (flags & 0x10) != 0;
        var hasContentSize = (flags & 0x08) != 0;
        var hasContentChecksum = (flags & 0x04) != 0;
        var hasDictionary = (flags & 0x01) != 0;
        if (flags >> 6 != 1 || hasDictionary)
        {
            throw Damaged();
        }

        // The content's size, if it is there, and the checksum of this header.
        Take(ref rest, (hasContentSize ? sizeof(ulong) : 0) + 1);

        var frameStart = plain.Length;
        for (var size = ReadUInt32(ref rest); size != 0; size = ReadUInt32(ref rest))
        {
            var block = Take(ref rest, size & ~NotCompressed);
            if ((size & NotCompressed) != 0)
            {
                plain.Append(block);
            }
            else
            {
                DecodeBlock(block, plain, blocksAreIndependent ? plain.Length : frameStart);
            }

            Take(ref rest, blocksHaveChecksum ? sizeof(uint) : 0);
        }

        Take(ref rest, hasContentChecksum ? sizeof(uint) : 0);
    }

    private static void DecodeBlock(ReadOnlySpan<byte> block, PlainBytes plain, int reach)
    {
        while (!block.IsEmpty)
        {
            var token = Take(ref block, 1)[0];
            plain.Append(Take(ref block, ReadLength(ref block, token >> 4)));

            // The last sequence of a block ends with its literals.
            if (block.IsEmpty)
            {
                return;
            }

            var distance = BinaryPrimitives.ReadUInt16LittleEndian(Take(ref block, sizeof(ushort)));
            plain.Repeat(distance, checked((int)ReadLength(ref block, token & 0x0F)) + ShortestMatch, reach);
        }
    }

    // 15 means that more bytes follow, up to the first that is not 255. Each adds at most 255, so it cannot overflow.
    private static uint ReadLength(ref ReadOnlySpan<byte> block, int nibble)
    {
        var length = (uint)nibble;
        if (nibble == 15)
        {
            byte more;
            do
            {
                more = Take(ref block, 1)[0];
                length += more;
            }
            while (more == 255 && length < int.MaxValue / 2);
        }

        return length;
    }

    private static uint ReadUInt32(ref ReadOnlySpan<byte> rest) =>
        BinaryPrimitives.ReadUInt32LittleEndian(Take(ref rest, sizeof(uint)));

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, long length)
    {
        if (length > rest.Length)
        {
            throw Damaged();
        }

        var taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }

    private static KafkaProtocolException Damaged() => new("lz4 records are damaged");
}
