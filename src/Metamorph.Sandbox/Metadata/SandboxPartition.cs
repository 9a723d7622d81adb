using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>A partition: what the metadata says of it, and what its replicas hold.</summary>
internal sealed class SandboxPartition(SandboxTopic topic, int index, PartitionRegistration registration)
{
    public SandboxTopic Topic => topic;

    public int Index => index;

    public TopicPartition Id => new(topic.Name, index);

    /// <summary>What the metadata log says now. A broker may still believe what it said before.</summary>
    public PartitionRegistration Now { get; private set; } = registration;

    /// <summary>
    /// What its replicas hold. Null while all of them hold the same, in sync, and no record of it was ever seen:
    /// <see cref="QuietEndOffset"/> and <see cref="QuietBytes"/> then say it all. Most partitions of a large cluster
    /// stay so.
    /// </summary>
    public ReplicaSet? Replicas { get; set; }

    public long QuietEndOffset { get; init; }

    public long QuietBytes { get; init; }

    /// <summary>What a broker believes that has applied the metadata up to <paramref name="applied"/>; null: it does not know the partition yet.</summary>
    public PartitionRegistration? AsOf(long applied)
    {
        var said = Now;
        while (said is not null && said.Offset > applied)
        {
            said = said.Previous;
        }

        return said;
    }

    /// <summary>Takes over a record; what was said before stays until every broker has applied it.</summary>
    internal void Become(PartitionRegistration next, long offset)
    {
        next.Offset = offset;
        next.Previous = Now;
        Now = next;
    }
}
