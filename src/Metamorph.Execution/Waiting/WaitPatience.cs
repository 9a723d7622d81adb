using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Execution;

/// <summary>A limit on waiting that starts anew whenever there is progress: an objection less.</summary>
internal sealed class WaitPatience(TimeProvider time, TimeSpan limit)
{
    /// <summary>After this long without change, looking once a second is enough, and kinder to a cluster that is not well.</summary>
    private static readonly TimeSpan BriskPeriod = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan CalmInterval = TimeSpan.FromSeconds(1);

    private ImmutableHashSet<(Type Kind, string About)>? last;
    private long since = time.GetTimestamp();

    public TimeSpan Limit => limit;

    /// <summary>How long to wait before the next look.</summary>
    public TimeSpan Pace(ExecutionOptions options) =>
        time.GetElapsedTime(since) < BriskPeriod ? options.PollInterval : CalmInterval;

    /// <summary>Remembers what is objected now, and tells whether it has been too long without progress.</summary>
    public bool IsOverFor(IEnumerable<Objection> objections)
    {
        var now = WaitKey.Of(objections);
        if (last is null || last.Except(now).Count > 0)
        {
            since = time.GetTimestamp();
        }

        last = now;
        return time.GetElapsedTime(since) >= limit;
    }
}
