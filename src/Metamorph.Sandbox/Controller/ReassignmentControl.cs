namespace Metamorph.Sandbox;

/// <summary>Moves of replicas (KIP-455, <c>ReplicationControlManager.alterPartitionReassignments</c>).</summary>
internal sealed class ReassignmentControl(World world)
{
    /// <summary>The partitions that are being reassigned.</summary>
    public IEnumerable<SandboxPartition> Ongoing => world.Metadata.Partitions.Where(partition => partition.Now.IsReassigning);
}
