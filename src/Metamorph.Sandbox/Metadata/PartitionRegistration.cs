namespace Metamorph.Sandbox;

/// <summary>What one metadata record said of a partition (<c>PartitionRegistration</c>). Immutable, but for what links it to the one before.</summary>
internal sealed class PartitionRegistration
{
    public static readonly int[] None = [];

    /// <summary>The node id of the leader; -1 when there is none.</summary>
    public required int Leader { get; init; }

    public required int LeaderEpoch { get; init; }

    public required int PartitionEpoch { get; init; }

    /// <summary>All replicas, those being added or removed included; the first is the preferred leader.</summary>
    public required int[] Replicas { get; init; }

    public required int[] Isr { get; init; }

    public int[] Adding { get; init; } = None;

    public int[] Removing { get; init; } = None;

    /// <summary>Eligible leader replicas (KIP-966).</summary>
    public int[] Elr { get; init; } = None;

    /// <summary>The last member of an ISR that is now empty (KIP-966).</summary>
    public int[] LastKnownElr { get; init; } = None;

    /// <summary>Its leader was elected uncleanly and recovers.</summary>
    public bool IsRecovering { get; init; }

    /// <summary>The metadata offset of the record.</summary>
    public long Offset { get; set; }

    /// <summary>What was said before, while a broker may still believe it.</summary>
    public PartitionRegistration? Previous { get; set; }

    public bool IsReassigning => Adding.Length > 0 || Removing.Length > 0;

    public bool HasReplica(int broker) => Array.IndexOf(Replicas, broker) >= 0;

    public bool IsInSync(int broker) => Array.IndexOf(Isr, broker) >= 0;
}
