namespace Metamorph.Sandbox;

/// <summary>When a reassignment is over (<c>PartitionReassignmentReplicas.maybeCompleteReassignment</c>).</summary>
/// <remarks>Always judged on the ISR without the replicas that are to go, which must not be empty.</remarks>
public enum ReassignmentRule
{
    /// <summary>Up to 3.7: every added replica is in sync.</summary>
    AddedInSync,

    /// <summary>
    /// 3.8 to 4.2 (KAFKA-15665): every replica of the target is in sync, so that a dead one that stays blocks it.
    /// </summary>
    TargetInSync,

    /// <summary>
    /// From 4.3 on (KAFKA-19975): every added replica is in sync; and every replica of the target where fewer are added
    /// than go.
    /// </summary>
    AddedInSyncTargetWhenShrinking,
}
