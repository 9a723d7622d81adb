namespace Metamorph.Journal;

/// <summary>One executor per cluster in a directory of runs, and so one per run.</summary>
public sealed class RunLock : IDisposable
{
    private readonly FileLock inRuns;
    private readonly ClusterLock onMachine;

    private RunLock(FileLock inRuns, ClusterLock onMachine)
    {
        this.inRuns = inRuns;
        this.onMachine = onMachine;
    }

    /// <summary>The executor that holds the run at <paramref name="runPath"/> now; null when nobody does.</summary>
    /// <exception cref="JournalDamagedException">Its <c>plan.json</c>, which names the cluster, is damaged.</exception>
    public static LockHolder? Holder(string runPath)
    {
        var full = Path.GetFullPath(runPath);
        var file = FileOf(Path.GetDirectoryName(full)!, PlanFile.Read(full).Cluster);
        return FileLock.Holder(file) is { } holder && (holder.Run is null || holder.Run == Path.GetFileName(full)) ? holder : null;
    }

    public void Dispose()
    {
        onMachine.Dispose();
        inRuns.Dispose();
    }

    internal static RunLock Take(string runsDirectory, string cluster, string clusterId, RunLocation where)
    {
        var me = LockHolder.Me(where.Time.GetUtcNow(), where.Run);
        var inRuns = FileLock.Take(FileOf(runsDirectory, cluster), $"cluster {cluster}", me);
        try
        {
            return new RunLock(inRuns, ClusterLock.Take(where.LocksDirectory, clusterId, where.Time, where.Run));
        }
        catch
        {
            inRuns.Dispose();
            throw;
        }
    }

    internal void Say(LockHolder me) => inRuns.Say(me);

    private static string FileOf(string runsDirectory, string cluster) =>
        Path.Combine(runsDirectory, $".lock-{SafeName.Of(cluster)}");
}

/// <summary>What a lock says of its holder, and where the machine's locks are.</summary>
internal sealed record RunLocation(TimeProvider Time, string LocksDirectory, string? Run);
