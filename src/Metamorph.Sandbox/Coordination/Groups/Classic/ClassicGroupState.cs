namespace Metamorph.Sandbox;

/// <summary>Where a classic group stands; the names are what DescribeGroups answers.</summary>
internal enum ClassicGroupState
{
    /// <summary>It has no members, and perhaps offsets.</summary>
    Empty,

    /// <summary>It waits for its members to join.</summary>
    PreparingRebalance,

    /// <summary>It waits for the leader's assignment.</summary>
    CompletingRebalance,

    Stable,
}
