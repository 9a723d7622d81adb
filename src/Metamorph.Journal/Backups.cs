namespace Metamorph.Journal;

/// <summary>The <c>backups/</c> of a run.</summary>
internal static class Backups
{
    public const string Name = "backups";

    public static bool Keep(string run, string name, ReadOnlyMemory<byte> content)
    {
        var path = PathOf(run, name);
        if (File.Exists(path))
        {
            return false;
        }

        RunDirectoryException.Guard(path, "to keep a backup", () =>
        {
            var directory = Path.GetDirectoryName(path)!;
            Directory.CreateDirectory(directory);
            DurableFile.FlushDirectory(Path.GetDirectoryName(directory)!);
            DurableFile.Write(path, content.Span);
            return true;
        });
        return true;
    }

    private static string PathOf(string run, string name)
    {
        var root = Path.Combine(run, Name);
        var path = Path.GetFullPath(Path.Combine(root, name));
        return path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException($"'{name}' is not below {root}", nameof(name));
    }
}
