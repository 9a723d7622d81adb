using System.Text;

namespace Metamorph.Journal;

/// <summary>One executor per Kafka cluster on a machine, whatever directory it was started in.</summary>
/// <remarks>It is kept per user of the machine, because a directory that all users can write is one that any of them can
/// prepare. Two users with two run directories are kept apart by nothing; one run directory per cluster keeps them apart.</remarks>
public sealed class ClusterLock : IDisposable
{
    private readonly FileLock held;

    private ClusterLock(FileLock held) => this.held = held;

    /// <summary><c>/tmp/metamorph-USER</c>, or the user's temporary folder on Windows.</summary>
    public static string DefaultDirectory { get; } = Path.Combine(
        OperatingSystem.IsWindows() ? Path.GetTempPath() : "/tmp", $"metamorph-{Environment.UserName}");

    /// <summary>Takes the lock of the cluster with Kafka's id <paramref name="clusterId"/>.</summary>
    /// <exception cref="RunLockedException">Another process holds it.</exception>
    /// <exception cref="RunDirectoryException">The lock cannot be made.</exception>
    public static ClusterLock Take(string clusterId, TimeProvider time) => Take(DefaultDirectory, clusterId, time, run: null);

    /// <summary>Who upgrades the cluster on this machine now; null when nobody does.</summary>
    public static LockHolder? Holder(string clusterId) => FileLock.Holder(FileOf(DefaultDirectory, clusterId));

    public void Dispose() => held.Dispose();

    internal static ClusterLock Take(string directory, string clusterId, TimeProvider time, string? run)
    {
        MakePrivate(directory);
        return new ClusterLock(
            FileLock.Take(FileOf(directory, clusterId), $"cluster {clusterId}", LockHolder.Me(time.GetUtcNow(), run)));
    }

    private static string FileOf(string directory, string clusterId) => Path.Combine(directory, $"{SafeName.Of(clusterId)}.lock");

    private static void MakePrivate(string directory) => RunDirectoryException.Guard(directory, "to keep locks in it", () =>
    {
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(directory);
        }

        const UnixFileMode onlyMine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var made = Directory.CreateDirectory(directory, onlyMine);
        const UnixFileMode others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        return made.LinkTarget is null && (File.GetUnixFileMode(directory) & others) == 0
            ? made
            : throw new RunDirectoryException(directory, "must be a directory that only its owner can write");
    });
}

/// <summary>A cluster's name as a part of a file name.</summary>
internal static class SafeName
{
    public static string Of(string name)
    {
        var safe = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            safe.Append(char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '_');
        }

        return safe.Length == 0 || safe[0] == '.' ? $"_{safe}" : safe.ToString();
    }
}
