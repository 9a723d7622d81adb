using Metamorph.Model;

namespace Metamorph.Journal;

/// <summary>Adds lines to a <c>journal.jsonl</c>, each on the disk before it counts.</summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly string path;
    private readonly FileStream file;
    private readonly TimeProvider time;
    private readonly List<JournalEntry> entries;
    private readonly Lock gate = new();
    private bool isBroken;

    private JournalWriter(string path, FileStream file, TimeProvider time, JournalFile read)
    {
        this.path = path;
        this.file = file;
        this.time = time;
        entries = [.. read.Entries];
    }

    public IReadOnlyList<JournalEntry> Entries => entries;

    public static JournalWriter Open(string path, TimeProvider time)
    {
        var file = RunDirectoryException.Guard(path, "to write the journal", () => new FileStream(
            path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0));
        try
        {
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var read = JournalFile.Parse(path, bytes);
            _ = read.Fold(path);
            if (read.IsTorn)
            {
                file.SetLength(read.Length);
                file.Flush(flushToDisk: true);
            }

            file.Position = read.Length;
            return new JournalWriter(path, file, time, read);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public JournalEntry Append(UpgradeEvent happened)
    {
        lock (gate)
        {
            // After a failed write nobody knows what the disk holds, and a second flush may claim what the first lost.
            if (isBroken)
            {
                throw new RunDirectoryException(path, "an earlier write failed; end this process and open the run again");
            }

            var entry = new JournalEntry(entries.Count + 1, Next(), happened);
            isBroken = true;
            RunDirectoryException.Guard(path, "to write the journal", () => Write([.. JournalLine.Encode(entry), (byte)'\n']));
            isBroken = false;
            entries.Add(entry);
            return entry;
        }
    }

    public void Dispose() => file.Dispose();

    private bool Write(byte[] line)
    {
        file.Write(line);
        file.Flush(flushToDisk: true);
        return true;
    }

    // A clock that was set back must not make a restart last less than nothing.
    private DateTimeOffset Next()
    {
        var now = JournalLine.Kept(time.GetUtcNow());
        return entries.Count > 0 && entries[^1].At > now ? entries[^1].At : now;
    }
}
