using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>A group, of whichever type, at its coordinator.</summary>
internal abstract class CoordinatedGroup(GroupShard shard, string id)
{
    private const int RecordOverhead = 60;

    public string Id => id;

    public abstract bool IsEmpty { get; }

    /// <summary>How ListGroups names the state.</summary>
    public abstract string StateName { get; }

    /// <summary>How ListGroups names the type.</summary>
    public abstract string TypeName { get; }

    public abstract string ProtocolType { get; }

    protected GroupShard Shard => shard;

    private string Key => GroupShard.GroupKey + id;

    /// <summary>It was read from the log: sessions begin anew.</summary>
    public abstract void Begin();

    /// <summary>Another broker coordinates it: whoever waits is told.</summary>
    public abstract void Resign();

    /// <summary>Whether somebody may commit offsets.</summary>
    /// <param name="who">Who wants to.</param>
    /// <param name="isTransactional">In a transaction the producer's epoch protects, and an id is not asked
    /// for.</param>
    /// <param name="version">The version of OffsetCommit.</param>
    public abstract ErrorCode JudgeCommit(OffsetOwner who, bool isTransactional, short version);

    /// <summary>Whether somebody may read offsets; a null member id is anybody.</summary>
    public abstract ErrorCode JudgeFetch(string? memberId, int memberEpoch);

    /// <summary>Whether its offsets of a topic are in use.</summary>
    public abstract bool IsSubscribedTo(string topic);

    /// <summary>What the log keeps of it.</summary>
    protected abstract (object Image, int SizeBytes) ToRemember();

    /// <summary>Writes the group as it is now to the log.</summary>
    public void Save(Action<ErrorCode> whenDone)
    {
        var (image, size) = ToRemember();
        shard.Remember([new CoordinatorEntry(Key, image, RecordOverhead + id.Length + size)], whenDone);
    }

    /// <summary>What deletes it from the log.</summary>
    public CoordinatorEntry Tombstone() => new(Key, null, RecordOverhead + id.Length);
}

/// <summary>Who commits offsets: the member id is empty, and the generation -1, for one that is no member.</summary>
internal sealed record OffsetOwner(string MemberId, string? InstanceId, int GenerationOrEpoch);
