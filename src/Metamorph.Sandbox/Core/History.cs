using System.Runtime.InteropServices;

namespace Metamorph.Sandbox;

/// <summary>What happened, in words, with a hash over all of it: two runs are the same when their hashes are.</summary>
public sealed class History
{
    private const ulong Prime = 1099511628211;

    private readonly Queue<string> lines = new();
    private readonly int keep;

    /// <param name="keep">How many lines are kept; the hash counts all.</param>
    public History(int keep)
    {
        this.keep = keep;
    }

    /// <summary>FNV-1a over every line and every number noted so far.</summary>
    public ulong Hash { get; private set; } = 14695981039346656037;

    /// <summary>The last lines, oldest first: <c>00:00:12.345  broker 2 fenced</c>.</summary>
    public IReadOnlyCollection<string> Lines => lines;

    /// <summary>Is told of each line as it is said.</summary>
    public Action<string>? Said { get; set; }

    internal DateTimeOffset Start { get; set; }

    /// <summary>As <see cref="Lines"/> has it.</summary>
    internal string LineOf(DateTimeOffset at, string what) => string.Create(null, $"{at - Start:hh\\:mm\\:ss\\.fff}  {what}");

    internal void Say(DateTimeOffset now, string what)
    {
        var line = LineOf(now, what);
        Note(MemoryMarshal.AsBytes(line.AsSpan()));
        lines.Enqueue(line);
        if (lines.Count > keep)
        {
            lines.Dequeue();
        }

        Said?.Invoke(line);
    }

    /// <summary>Counts bytes into the hash without a line.</summary>
    internal void Note(ReadOnlySpan<byte> bytes)
    {
        var hash = Hash;
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * Prime;
        }

        Hash = hash;
    }

    internal void Note(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BitConverter.TryWriteBytes(bytes, value);
        Note(bytes);
    }
}
