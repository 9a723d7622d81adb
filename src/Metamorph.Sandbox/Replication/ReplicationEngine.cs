namespace Metamorph.Sandbox;

/// <summary>Logs, followers, high watermarks and in-sync replicas: what brokers do with partitions.</summary>
internal sealed class ReplicationEngine(World world)
{
    /// <summary>A broker has applied a record.</summary>
    public void Applied(SandboxNode node, NodeLife life, MetadataChange change)
    {
    }

    /// <summary>A broker has read its logs, and leads and follows what the metadata says.</summary>
    public void Loaded(SandboxNode node, NodeLife life)
    {
    }

    /// <summary>A broker's process is gone.</summary>
    public void Ended(SandboxNode node)
    {
    }

    /// <summary>A broker is reached again, or goes on.</summary>
    public void Reached(SandboxNode node)
    {
    }

    /// <summary>How long a broker reads its logs at the start.</summary>
    public TimeSpan RecoveryTime(SandboxNode node, NodeLife life) => TimeSpan.FromMilliseconds(100);

    /// <summary>Leaves a volume only so many bytes.</summary>
    public void LeaveRoom(SandboxNode node, int dir, long usableBytes)
    {
    }

    /// <summary>Whether the replica of a partition on a broker is in a log dir that is offline.</summary>
    public bool IsOffline(SandboxPartition partition, int broker) => world.Now < DateTimeOffset.MinValue;

    /// <summary>
    /// Appends what a coordinator wants to remember to its partition, as the leader of it does with acks=all.
    /// </summary>
    /// <param name="leader">The coordinator's broker.</param>
    /// <param name="partition">Of <c>__consumer_offsets</c> or <c>__transaction_state</c>.</param>
    /// <param name="entry">What is remembered. A later entry of the same key makes it obsolete.</param>
    /// <param name="whenDone">Is told once all in-sync replicas have it, or why they have not.</param>
    public void Remember(SandboxNode leader, SandboxPartition partition, CoordinatorEntry entry, Action<Kafka.Protocol.ErrorCode> whenDone) =>
        throw new NotSupportedException("not yet");

    /// <summary>What the log of a partition on a broker remembers, oldest first.</summary>
    public IEnumerable<CoordinatorEntry> Remembered(SandboxNode node, SandboxPartition partition) => [];
}
