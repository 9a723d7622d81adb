namespace Metamorph.Journal;

/// <summary>Writes that survive a crash of the machine: the file is whole under its name, or it is not there.</summary>
internal static class DurableFile
{
    /// <summary>Writes beside, flushes, and renames. An existing file is replaced as one act.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var beside = path + ".tmp";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Makes names that were created, renamed or removed in the directory durable.</summary>
    /// <remarks>Where the system has no such thing (Windows, some network file systems) nothing is done: the names
    /// are then as durable as the file system makes them by itself.</remarks>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Libc.Open(path, flags: 0);
        if (descriptor < 0)
        {
            return;
        }

        _ = Libc.FSync(descriptor);
        _ = Libc.Close(descriptor);
    }
}
