using Microsoft.Win32.SafeHandles;

namespace Metamorph.Journal;

/// <summary>A lock of the operating system on a file (flock), which ends with the process that holds it, however that ends.</summary>
/// <remarks>The file stays behind: to remove it would let two processes lock two files of one name.</remarks>
internal sealed class FileLock : IDisposable
{
    // A viewer's look holds a shared lock for microseconds; each try gives way to the others. So many never were needed.
    private const int MaxTries = 10_000;

    private readonly FileStream held;

    private FileLock(FileStream held, string path)
    {
        this.held = held;
        Path = path;
    }

    public string Path { get; }

    /// <exception cref="RunLockedException">Another process holds it.</exception>
    /// <exception cref="RunDirectoryException">The file cannot be made, or its file system has no locks.</exception>
    public static FileLock Take(string path, string what, LockHolder me) =>
        RunDirectoryException.Guard(path, "to lock", () => TakeCore(path, what, me));

    /// <summary>Who holds the lock now; null when nobody does.</summary>
    public static LockHolder? Holder(string path)
    {
        if (!File.Exists(path) || TryOpen(path, FileMode.Open, FileAccess.Read, FileShare.Read) is { } free && Close(free))
        {
            return null;
        }

        return ReadUnlocked(path);
    }

    /// <summary>Says anew who holds it, for instance once the run has a name.</summary>
    public void Say(LockHolder me)
    {
        held.SetLength(0);
        held.Position = 0;
        held.Write(me.ToJson());
        held.Flush();
    }

    public void Dispose() => held.Dispose();

    private static FileLock TakeCore(string path, string what, LockHolder me)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (TryOpen(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None) is { } taken)
            {
                return Confirmed(new FileLock(taken, path), me);
            }

            // Viewers look by a shared lock, which keeps an exclusive one away for a moment. Executors hold an
            // exclusive one, which keeps a shared one away too: that tells them apart.
            if (Holder(path) is { } holder)
            {
                throw new RunLockedException(what, path, holder);
            }

            Thread.Yield();
        }

        throw new RunDirectoryException(path, "is looked at without end by other processes, so it cannot be locked");
    }

    private static FileLock Confirmed(FileLock taken, LockHolder me)
    {
        // .NET goes on without a lock where the file system has none (some network file systems). One that does
        // not keep us out would not keep another Metamorph out.
        if (TryOpen(taken.Path, FileMode.Open, FileAccess.Read, FileShare.Read) is { } second)
        {
            second.Dispose();
            taken.Dispose();
            throw new RunDirectoryException(
                taken.Path, "its file system does not lock files; choose a run directory on a local disk");
        }

        taken.Say(me);
        return taken;
    }

    // A FileStream asks for a shared lock whatever it is told to share, which the holder's exclusive one refuses.
    private static LockHolder ReadUnlocked(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return LockHolder.Unsaid;
        }

        using var file = new SafeFileHandle(Libc.Open(path, flags: 0), ownsHandle: true);
        if (file.IsInvalid)
        {
            return LockHolder.Unsaid;
        }

        Span<byte> json = stackalloc byte[4096];
        return LockHolder.FromJson(json[..RandomAccess.Read(file, json, fileOffset: 0)]);
    }

    private static FileStream? TryOpen(string path, FileMode mode, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(path, mode, access, share, bufferSize: 0);
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
    }

    // EWOULDBLOCK on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.
    private static bool IsHeld(IOException e) =>
        (e.HResult & 0xFFFF) == (OperatingSystem.IsWindows() ? 32 : OperatingSystem.IsMacOS() ? 35 : 11);

    private static bool Close(FileStream stream)
    {
        stream.Dispose();
        return true;
    }
}
