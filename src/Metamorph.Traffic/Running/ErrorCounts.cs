using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Metamorph.Traffic.Running;

/// <summary>Counts errors by name. Thread-safe.</summary>
internal sealed class ErrorCounts
{
    private readonly ConcurrentDictionary<string, long> counts = new();

    public long Total => counts.Values.Sum();

    public void Add(string name) => counts.AddOrUpdate(name, 1, static (_, count) => count + 1);

    public ImmutableArray<ErrorCount> List() => Sorted(counts);

    public static ImmutableArray<ErrorCount> Sorted(IEnumerable<KeyValuePair<string, long>> counts) =>
    [
        .. counts.GroupBy(count => count.Key, count => count.Value)
            .Select(group => new ErrorCount(group.Key, group.Sum()))
            .OrderByDescending(error => error.Count)
            .ThenBy(error => error.Name, StringComparer.Ordinal),
    ];
}
