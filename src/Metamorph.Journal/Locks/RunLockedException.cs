namespace Metamorph.Journal;

/// <summary>Another Metamorph holds the cluster. Nothing was touched.</summary>
public sealed class RunLockedException(string what, string lockFile, LockHolder holder)
    : Exception($"{what} is held by {holder} ({lockFile}). Nothing was touched. Wait for it, or steer it: "
        + "`metamorph status`, `pause` and `abort` work from any terminal.")
{
    /// <summary>What is held, in words.</summary>
    public string What { get; } = what;

    public string LockFile { get; } = lockFile;

    public LockHolder Holder { get; } = holder;
}
