namespace Metamorph.Nodes;

/// <summary>A node's home: the symlink that says which release the node is started from.</summary>
internal sealed class HomeLink(string path)
{
    public bool IsSymlink => new FileInfo(path).LinkTarget is not null;

    /// <summary>The folder it leads to, every symlink resolved; null when that is not there.</summary>
    public string? Target => Libc.RealPath(path);

    /// <summary>Makes it lead to <paramref name="release"/>, in one step: at no time is there no home.</summary>
    /// <returns>Whether that changed anything.</returns>
    /// <exception cref="IOException">It stays as it was.</exception>
    public bool PointTo(string release)
    {
        if (Target is { } target && target == Libc.RealPath(release))
        {
            return false;
        }

        if (!IsSymlink && (Directory.Exists(path) || File.Exists(path)))
        {
            throw new IOException($"{path} is no symlink; what it holds would be lost");
        }

        // Left behind by a crash between the two steps, it is in the way.
        var beside = path + ".metamorph-next";
        File.Delete(beside);
        File.CreateSymbolicLink(beside, release);
        Libc.Rename(beside, path);
        return true;
    }
}
