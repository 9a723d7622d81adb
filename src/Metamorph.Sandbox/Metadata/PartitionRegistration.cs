namespace Metamorph.Sandbox;

/// <summary>What one metadata record said of a partition (<c>PartitionRegistration</c>). Immutable, but for what links it to the one before.</summary>
internal sealed class PartitionRegistration
{
    public static readonly int[] None = [];

    private Extra? extra;

    /// <summary>The node id of the leader; -1 when there is none.</summary>
    public required int Leader { get; init; }

    public required int LeaderEpoch { get; init; }

    public required int PartitionEpoch { get; init; }

    /// <summary>All replicas, those being added or removed included; the first is the preferred leader.</summary>
    public required int[] Replicas { get; init; }

    public required int[] Isr { get; init; }

    public int[] Adding { get => extra?.Adding ?? None; init => SetExtra(value, static (extra, list) => extra.Adding = list); }

    public int[] Removing { get => extra?.Removing ?? None; init => SetExtra(value, static (extra, list) => extra.Removing = list); }

    /// <summary>Eligible leader replicas (KIP-966).</summary>
    public int[] Elr { get => extra?.Elr ?? None; init => SetExtra(value, static (extra, list) => extra.Elr = list); }

    /// <summary>The last member of an ISR that is now empty (KIP-966).</summary>
    public int[] LastKnownElr { get => extra?.LastKnownElr ?? None; init => SetExtra(value, static (extra, list) => extra.LastKnownElr = list); }

    /// <summary>Its leader was elected uncleanly and recovers.</summary>
    public bool IsRecovering { get; init; }

    /// <summary>The metadata offset of the record.</summary>
    public long Offset { get; set; }

    /// <summary>What was said before, while a broker may still believe it.</summary>
    public PartitionRegistration? Previous { get; set; }

    public bool IsReassigning => Adding.Length > 0 || Removing.Length > 0;

    public bool HasReplica(int broker) => Array.IndexOf(Replicas, broker) >= 0;

    public bool IsInSync(int broker) => Array.IndexOf(Isr, broker) >= 0;

    private void SetExtra(int[] list, Action<Extra, int[]> set)
    {
        if (list.Length > 0)
        {
            set(extra ??= new Extra(), list);
        }
    }

    /// <summary>What most partitions of a large cluster have nothing of.</summary>
    private sealed class Extra
    {
        public int[] Adding { get; set; } = None;

        public int[] Removing { get; set; } = None;

        public int[] Elr { get; set; } = None;

        public int[] LastKnownElr { get; set; } = None;
    }
}
