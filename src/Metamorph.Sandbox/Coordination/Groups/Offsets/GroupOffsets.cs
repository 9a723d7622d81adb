using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>
/// The offsets that one coordinator keeps: those that count, and those that wait for the end of a transaction.
/// </summary>
internal sealed class GroupOffsets
{
    private static readonly SortedDictionary<TopicPartition, CommittedOffset> None = [];

    private readonly SortedDictionary<string, SortedDictionary<TopicPartition, CommittedOffset>> committed =
        new(StringComparer.Ordinal);

    private readonly SortedDictionary<long, SortedDictionary<string, SortedDictionary<TopicPartition, CommittedOffset>>>
        pending = [];

    /// <summary>The groups that have offsets.</summary>
    public IReadOnlyCollection<string> Groups => committed.Keys;

    public IReadOnlyDictionary<TopicPartition, CommittedOffset> Of(string group) =>
        committed.GetValueOrDefault(group) ?? None;

    /// <summary>A transaction that has not ended yet may change it.</summary>
    public bool IsUnstable(string group, TopicPartition partition) =>
        pending.Values.Any(groups => groups.GetValueOrDefault(group)?.ContainsKey(partition) ?? false);

    /// <summary>What a producer's open transaction would commit, by group.</summary>
    public IEnumerable<(string Group, CommittedOffset Offset)> PendingOf(long producerId) =>
        pending.GetValueOrDefault(producerId)?
            .SelectMany(group => group.Value.Values.Select(offset => (group.Key, offset))) ?? [];

    /// <summary>What open transactions would commit for a group.</summary>
    public IEnumerable<(long ProducerId, CommittedOffset Offset)> PendingFor(string group) =>
        pending.SelectMany(
            producer => producer.Value.GetValueOrDefault(group, None).Values.Select(offset => (producer.Key, offset)));

    public void Put(string group, CommittedOffset offset)
    {
        if (!committed.TryGetValue(group, out var offsets))
        {
            committed[group] = offsets = [];
        }

        offsets[offset.Partition] = offset;
    }

    public void Remove(string group, TopicPartition partition)
    {
        if (committed.TryGetValue(group, out var offsets) && offsets.Remove(partition) && offsets.Count == 0)
        {
            committed.Remove(group);
        }
    }

    public void PutPending(long producerId, string group, CommittedOffset offset)
    {
        if (!pending.TryGetValue(producerId, out var groups))
        {
            pending[producerId] = groups = new(StringComparer.Ordinal);
        }

        if (!groups.TryGetValue(group, out var offsets))
        {
            groups[group] = offsets = [];
        }

        offsets[offset.Partition] = offset;
    }

    public void RemovePending(long producerId, string group, TopicPartition partition)
    {
        if (pending.TryGetValue(producerId, out var groups) && groups.TryGetValue(group, out var offsets)
            && offsets.Remove(partition) && offsets.Count == 0 && groups.Remove(group) && groups.Count == 0)
        {
            pending.Remove(producerId);
        }
    }
}
