using System.Collections.Immutable;

namespace Metamorph.Traffic.Running;

/// <summary>How far the group has read each partition. Thread-safe.</summary>
internal sealed class ReadProgress(ImmutableDictionary<int, long> start)
{
    private readonly Lock guard = new();
    private readonly Dictionary<int, long> next = new(start);

    public void Advance(int partition, long to)
    {
        lock (guard)
        {
            next[partition] = Math.Max(next.GetValueOrDefault(partition), to);
        }
    }

    public bool HasReached(ImmutableDictionary<int, long> ends)
    {
        lock (guard)
        {
            return ends.All(end => next.GetValueOrDefault(end.Key) >= end.Value);
        }
    }
}
