namespace Metamorph.Sandbox;

/// <summary>One replica of a partition, on the disk of one broker. It outlives the broker's process.</summary>
internal sealed class Replica(SandboxNode node, ReplicaLog log, int dir)
{
    public SandboxNode Node => node;

    public ReplicaLog Log => log;

    /// <summary>The index of the log dir that it is in.</summary>
    public int Dir { get; set; } = dir;

    /// <summary>Up to where it knows that all in-sync replicas have the records.</summary>
    public long HighWatermark { get; set; } = log.End;

    /// <summary>What its broker knows as the leader; null: it does not lead, or nothing has happened since it does.</summary>
    public LeaderState? Leading { get; set; }

    /// <summary>It must ask its leader first where their logs part, since one of the two is new.</summary>
    public bool MustCompareEpochs { get; set; } = true;
}
