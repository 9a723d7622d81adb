using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Moves of replicas (KIP-455, <c>ReplicationControlManager.alterPartitionReassignments</c>).</summary>
internal sealed class ReassignmentControl(World world)
{
    /// <summary>The partitions that are being reassigned.</summary>
    public IEnumerable<SandboxPartition> Ongoing => world.Metadata.Partitions.Where(partition => partition.Now.IsReassigning);

    /// <summary>Begins, replaces or cancels the reassignment of a partition, or says why not.</summary>
    /// <param name="topicName">Whose partition it is.</param>
    /// <param name="index">Which one.</param>
    /// <param name="target">The replicas wanted; null cancels.</param>
    /// <param name="mayChangeReplicationFactor">Whether there may be more or fewer replicas than now (KIP-860).</param>
    public ApiError Alter(string topicName, int index, int[]? target, bool mayChangeReplicationFactor)
    {
        if (world.Metadata.FindTopic(topicName) is not { } topic)
        {
            return new(ErrorCode.UnknownTopicOrPartition, $"Unable to find a topic named {topicName}.");
        }

        if (index < 0 || index >= topic.Partitions.Count)
        {
            return new(ErrorCode.UnknownTopicOrPartition, $"Unable to find partition {topicName}:{index}.");
        }

        var partition = topic.Partitions[index];
        return target is null ? Cancel(partition) : Change(partition, target, mayChangeReplicationFactor);
    }

    private ApiError Change(SandboxPartition partition, int[] target, bool mayChangeReplicationFactor)
    {
        var now = partition.Now;
        if (!mayChangeReplicationFactor && now.Replicas.Except(now.Removing).Count() is var factor && factor != target.Length)
        {
            return new(
                ErrorCode.InvalidReplicationFactor, $"The replication factor is changed from {factor} to {target.Length}");
        }

        if (ManualAssignment.Judge(target, world.Metadata.Brokers.Now, replicationFactor: null) is { IsFailure: true } error)
        {
            return error;
        }

        // What was being added or removed already stays so where this adds or removes nothing, as in Kafka.
        int[] removing = [.. now.Replicas.Except(target).Order()];
        int[] adding = [.. target.Except(now.Replicas).Order()];
        Apply(partition, null, (
            [.. target, .. removing],
            adding.Length > 0 ? adding : now.Adding,
            removing.Length > 0 ? removing : now.Removing));
        return ApiError.None;
    }

    private ApiError Cancel(SandboxPartition partition)
    {
        var now = partition.Now;
        if (!now.IsReassigning)
        {
            // Kafka leaves out the message of an exception that says no more than its code.
            return new(ErrorCode.NoReassignmentInProgress, null);
        }

        int[] replicas = [.. now.Replicas.Except(now.Adding)];
        int[] isr = [.. now.Isr.Except(now.Adding)];
        if (replicas.Length == 0)
        {
            return new(
                ErrorCode.InvalidReplicaAssignment, "Invalid replica assignment: addingReplicas contains all replicas.");
        }

        if (isr.Length == 0)
        {
            // Whoever is in sync came with the reassignment: going back without them may lose records.
            if (!world.Controller.Partitions.AllowsUnclean(partition.Topic))
            {
                return new(
                    ErrorCode.InvalidReplicaAssignment,
                    $"Unable to revert partition assignment for {partition.Topic.Name}:{partition.Index} because it would "
                    + "require an unclean leader election.");
            }

            isr = [replicas[0]];
        }

        Apply(partition, isr, (replicas, PartitionRegistration.None, PartitionRegistration.None));
        return ApiError.None;
    }

    private void Apply(SandboxPartition partition, int[]? isr, (int[] Replicas, int[] Adding, int[] Removing) assignment)
    {
        var partitions = world.Controller.Partitions;
        partitions.Apply(partition, partitions.Change(
            partition, replica => partitions.IsAcceptable(partition, replica), isr: isr, assignment: assignment));
    }
}
