using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>The groups of one partition of <c>__consumer_offsets</c>, at the broker that leads it.</summary>
internal sealed class GroupShard : CoordinatorShard
{
    public const string GroupKey = "group/";

    public GroupShard(World world, SandboxNode node, NodeLife life, SandboxPartition partition)
        : base(world, node, life, partition)
    {
        Settings = new CoordinatorSettings(world);
        Writer = new OffsetWriter(this);
    }

    public SortedDictionary<string, CoordinatedGroup> Groups { get; } = new(StringComparer.Ordinal);

    public GroupOffsets Offsets { get; } = new();

    public OffsetWriter Writer { get; }

    public CoordinatorSettings Settings { get; }

    public CoordinatedGroup? Find(string id) => Groups.GetValueOrDefault(id);

    /// <summary>
    /// The classic group of that name. A group of KIP-848 without members becomes one; null: there is another.
    /// </summary>
    public ClassicGroup? ClassicFor(string id)
    {
        if (Find(id) is ClassicGroup classic)
        {
            return classic;
        }

        return Find(id) is { IsEmpty: false } ? null : Become(new ClassicGroup(this, id));
    }

    /// <summary>
    /// The group of KIP-848 of that name. A classic group without members becomes one; null: there is another.
    /// </summary>
    public ConsumerGroup? ConsumerFor(string id)
    {
        if (Find(id) is ConsumerGroup consumer)
        {
            return consumer;
        }

        return Find(id) is { IsEmpty: false } ? null : Become(new ConsumerGroup(this, id));
    }

    /// <summary>Deletes a group with its offsets.</summary>
    public void Delete(CoordinatedGroup group, Action<ErrorCode> whenDone)
    {
        var gone = Offsets.Of(group.Id).Keys.ToList();
        var pending = Offsets.PendingFor(group.Id).ToList();
        Groups.Remove(group.Id);
        group.Resign();
        gone.ForEach(partition => Offsets.Remove(group.Id, partition));
        pending.ForEach(each => Offsets.RemovePending(each.ProducerId, group.Id, each.Offset.Partition));
        Remember(
            [
                group.Tombstone(),
                .. gone.Select(partition => new CoordinatorEntry(OffsetKeys.OfCommitted(group.Id, partition), null, 0)),
                .. pending.Select(each => new CoordinatorEntry(
                    OffsetKeys.OfPending(each.ProducerId, group.Id, each.Offset.Partition), null, 0)),
            ],
            whenDone);
    }

    protected override void Restore(CoordinatorEntry entry)
    {
        if (entry.Key.StartsWith(OffsetKeys.Committed, StringComparison.Ordinal))
        {
            RestoreCommitted(entry);
        }
        else if (entry.Key.StartsWith(OffsetKeys.Pending, StringComparison.Ordinal))
        {
            RestorePending(entry);
        }
        else
        {
            RestoreGroup(entry.Key[GroupKey.Length..], entry.Value);
        }
    }

    protected override void Begin()
    {
        foreach (var id in Offsets.Groups.Where(id => !Groups.ContainsKey(id)).ToList())
        {
            Groups[id] = new ClassicGroup(this, id);
        }

        foreach (var group in Groups.Values.ToList())
        {
            group.Begin();
        }
    }

    protected override void Resign()
    {
        foreach (var group in Groups.Values)
        {
            group.Resign();
        }
    }

    private T Become<T>(T group)
        where T : CoordinatedGroup
    {
        Find(group.Id)?.Resign();
        Groups[group.Id] = group;
        return group;
    }

    private void RestoreCommitted(CoordinatorEntry entry)
    {
        var (group, partition) = OffsetKeys.ReadCommitted(entry.Key);
        if (entry.Value is CommittedOffset offset)
        {
            Offsets.Put(group, offset);
        }
        else
        {
            Offsets.Remove(group, partition);
        }
    }

    private void RestorePending(CoordinatorEntry entry)
    {
        var (producerId, group, partition) = OffsetKeys.ReadPending(entry.Key);
        if (entry.Value is CommittedOffset offset)
        {
            Offsets.PutPending(producerId, group, offset);
        }
        else
        {
            Offsets.RemovePending(producerId, group, partition);
        }
    }

    private void RestoreGroup(string id, object? image)
    {
        switch (image)
        {
            case null:
                Groups.Remove(id);
                break;
            case ClassicGroupImage classic:
                Groups[id] = new ClassicGroup(this, id, classic);
                break;
            case ConsumerGroupImage consumer:
                Groups[id] = new ConsumerGroup(this, id, consumer);
                break;
            default:
                throw new InvalidOperationException($"no such group in a log: {image}");
        }
    }
}
