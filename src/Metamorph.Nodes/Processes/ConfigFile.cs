namespace Metamorph.Nodes;

/// <summary>A node's config as a file of this machine, to be recognised in the arguments of processes.</summary>
internal sealed class ConfigFile(string path)
{
    /// <summary>Whether the argument of a process means this file; null when that cannot be told.</summary>
    /// <remarks>
    /// The path counts as the process sees it: from its own working folder and in its own mount namespace, so that two
    /// containers that call different files by one name are kept apart.
    /// </remarks>
    public bool? IsMeantBy(int pid, string argument)
    {
        if (Path.GetFileName(argument) != Path.GetFileName(path) && !MayBeAliased(argument))
        {
            return false;
        }

        if (FullPath(pid, argument) is not { } full)
        {
            return null;
        }

        var theirs = Libc.IdentityOf($"/proc/{pid}/root{full}");
        return theirs is not null
            ? theirs == Libc.IdentityOf(path)
            : (Libc.RealPath(full) ?? Path.GetFullPath(full)) == (Libc.RealPath(path) ?? path);
    }

    /// <summary>A symlink may give the file another name; a relative one cannot be followed without the folder.</summary>
    private static bool MayBeAliased(string argument) => Path.IsPathRooted(argument) || argument.Contains('/');

    private static string? FullPath(int pid, string argument) => Path.IsPathRooted(argument)
        ? argument
        : ProcessTable.LinkOf(pid, "cwd") is { } folder ? Path.Combine(folder, argument) : null;
}
