using System.Buffers.Binary;

namespace Metamorph.Nodes;

/// <summary>Judges whether a jar was copied whole, without reading more than its end.</summary>
internal static class JarFile
{
    // A zip ends in a record of 22 bytes and a comment of at most 65535.
    private const int EndRecord = 22;
    private const int LongestEnd = EndRecord + ushort.MaxValue;

    /// <summary>What is wrong with the file; null when its end of central directory is there and fits its length.</summary>
    public static string? Fault(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length == 0)
            {
                return "is empty";
            }

            var tail = new byte[Math.Min(file.Length, LongestEnd)];
            file.Seek(-tail.Length, SeekOrigin.End);
            file.ReadExactly(tail);
            return EndsWhole(tail, file.Length) ? null : $"is cut off at {file.Length} bytes";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read ({e.Message})";
        }
    }

    private static bool EndsWhole(ReadOnlySpan<byte> tail, long length)
    {
        for (var at = tail.Length - EndRecord; at >= 0; at--)
        {
            var end = tail[at..];
            if (!end.StartsWith("PK\u0005\u0006"u8))
            {
                continue;
            }

            long size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
            long offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
            var comment = BinaryPrimitives.ReadUInt16LittleEndian(end[20..]);
            var isZip64 = size == uint.MaxValue || offset == uint.MaxValue;
            if (EndRecord + comment == end.Length && (isZip64 || offset + size <= length - end.Length))
            {
                return true;
            }
        }

        return false;
    }
}
