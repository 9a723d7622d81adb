namespace Metamorph.Sandbox;

/// <summary>What one broker fetches from another: the partitions for which there is something to fetch, or to tell.</summary>
internal sealed class Fetcher(SandboxNode follower, SandboxNode leader)
{
    private readonly HashSet<SandboxPartition> pending = [];

    public SandboxNode Follower => follower;

    public SandboxNode Leader => leader;

    /// <summary>The next fetch; null while there is none.</summary>
    public CoreTimer? Next { get; set; }

    public DateTimeOffset NextAt { get; set; }

    public bool IsIdle => pending.Count == 0;

    public void Add(SandboxPartition partition) => pending.Add(partition);

    /// <summary>Takes all that is to be fetched; what stays to be done is added again.</summary>
    public List<SandboxPartition> TakeAll()
    {
        var all = pending.ToList();
        pending.Clear();
        return all;
    }
}
