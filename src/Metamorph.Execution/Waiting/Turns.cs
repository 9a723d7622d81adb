using Metamorph.Model;

namespace Metamorph.Execution;

/// <summary>How long each node has been waited for when it was its turn: one that can never stop must not hold back its whole phase.</summary>
internal sealed class Turns(TimeProvider time, TimeSpan limit)
{
    private readonly Dictionary<StepId, long> closedSince = [];

    /// <summary>Notes what a step said when it was its turn, and tells whether others may be taken before it.</summary>
    public bool IsOverFor(StepId step, Precheck check)
    {
        if (check is not Precheck.MustWait { Gate: GateNames.MayStop })
        {
            closedSince.Remove(step);
            return false;
        }

        closedSince.TryAdd(step, time.GetTimestamp());
        return time.GetElapsedTime(closedSince[step]) >= limit;
    }
}
