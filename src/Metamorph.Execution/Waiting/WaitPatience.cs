using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Execution;

/// <summary>A limit on waiting that starts anew whenever there is progress: an objection less, and none in its place.</summary>
internal sealed class WaitPatience(TimeProvider time, TimeSpan limit)
{
    /// <summary>After this long without change, looking once a second is enough, and kinder to a cluster that is not well.</summary>
    private static readonly TimeSpan BriskPeriod = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan CalmInterval = TimeSpan.FromSeconds(1);

    /// <summary>After this long it is an operator or a soak that is waited for, perhaps for days.</summary>
    private static readonly TimeSpan CalmPeriod = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan SlowInterval = TimeSpan.FromSeconds(5);

    /// <summary>Partitions named when it is over; the journal has them all.</summary>
    private const int Named = 5;

    /// <summary>What has stood all the time: what comes and goes beside it is no progress.</summary>
    private ImmutableHashSet<(Type Kind, string About)>? standing;
    private long since = time.GetTimestamp();

    /// <summary>How long to wait before the next look.</summary>
    public TimeSpan Pace(ExecutionOptions options) => time.GetElapsedTime(since) switch
    {
        var waited when waited < BriskPeriod => options.PollInterval,
        var waited when waited < CalmPeriod => CalmInterval,
        _ => SlowInterval,
    };

    /// <summary>Remembers what is objected now, and tells whether it has been too long without progress.</summary>
    public bool IsOverFor(IEnumerable<Objection> objections)
    {
        var now = WaitKey.Of(objections);
        if (standing is null || now.IsProperSubsetOf(standing))
        {
            (standing, since) = (now, time.GetTimestamp());
        }
        else if (!now.IsSupersetOf(standing))
        {
            standing = now;
        }

        return time.GetElapsedTime(since) >= limit;
    }

    /// <summary>Which gate stayed closed, for whom, and about what.</summary>
    public string Describe(string gate, NodeId? node, GateVerdict verdict)
    {
        var whose = node is { } id ? $" of node {id}" : "";
        var partitions = verdict.Objections.Select(objection => objection.About).OfType<TopicPartition>().Distinct().Order().ToList();
        var about = partitions.Count == 0
            ? ""
            : $"; it is about {string.Join(", ", partitions.Take(Named))}{(partitions.Count > Named ? $" and {partitions.Count - Named} more partitions" : "")}";
        return $"the gate {gate}{whose} did not open: nothing changed for {limit.TotalSeconds:0} s{about}";
    }
}
