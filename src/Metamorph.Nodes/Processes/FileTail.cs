using System.Text;

namespace Metamorph.Nodes;

/// <summary>Reads the lines that a growing file has gained.</summary>
internal static class FileTail
{
    // A read holds at most this much in memory. A node writes some 50 KB while it starts, so one read tells a whole start.
    private const int Longest = 1024 * 1024;

    /// <summary>The whole lines from <paramref name="from"/> on; of a longer rest from 0, the end.</summary>
    public static LogExcerpt Read(string path, long from)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new LogExcerpt([], 0);
        }

        using (file)
        {
            var length = file.Length;
            var start = from < 0 || from > length ? 0 : from;
            var isSkipping = start == 0 && length > Longest;
            start = isSkipping ? length - Longest : start;
            file.Seek(start, SeekOrigin.Begin);
            var bytes = new byte[Math.Min(length - start, Longest)];
            var read = bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
            var first = isSkipping ? read.IndexOf((byte)'\n') + 1 : 0;

            // An unfinished line is left for the next read, unless it fills all there is room for.
            var end = read.LastIndexOf((byte)'\n') + 1;
            end = end == 0 && read.Length == Longest ? read.Length : end;
            return new LogExcerpt(LinesOf(read[Math.Min(first, end)..end]), start + end);
        }
    }

    private static string[] LinesOf(ReadOnlySpan<byte> bytes) => bytes.IsEmpty
        ? []
        : Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
}
