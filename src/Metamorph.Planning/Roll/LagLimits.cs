namespace Metamorph.Planning;

/// <summary>How far behind a consumer group may be before the next node is stopped, where the operator set no limit.</summary>
public static class LagLimits
{
    /// <summary>Below this many records a lag is what a busy group has between two commits.</summary>
    private const long Floor = 10_000;

    /// <summary>Twice the lag that the group had when the plan was made: it may breathe, it may not drown.</summary>
    public static long Derived(long lagNow) => Math.Max(Floor, checked(2 * lagNow));
}
