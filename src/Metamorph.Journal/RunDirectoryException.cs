namespace Metamorph.Journal;

/// <summary>A run directory cannot be used as one: no rights, a file where a directory belongs, or nothing there.</summary>
public sealed class RunDirectoryException(string path, string what, Exception? cause = null)
    : IOException($"{path}: {what}", cause)
{
    /// <summary>The file or directory that it is about.</summary>
    public string Path { get; } = path;

    /// <summary>Runs <paramref name="act"/>, and turns what the file system refuses into an exception that names the path.</summary>
    internal static T Guard<T>(string path, string doing, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new RunDirectoryException(path, $"no rights {doing}", e);
        }
        catch (IOException e) when (e is not RunDirectoryException)
        {
            throw new RunDirectoryException(path, $"failed {doing}: {e.Message}", e);
        }
    }
}
