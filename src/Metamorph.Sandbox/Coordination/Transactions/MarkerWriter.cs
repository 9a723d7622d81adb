using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Ends a transaction in one partition, at its leader.</summary>
internal static class MarkerWriter
{
    /// <summary>
    /// Offsets that a transaction has committed come to count before the marker is there, so that a marker never stands
    /// for offsets that were lost with a coordinator.
    /// </summary>
    public static void Write(
        World world, SandboxNode leader, SandboxPartition partition, TransactionMarker marker, Action<ErrorCode> whenDone)
    {
        if (partition.Topic.Name != InternalTopics.ConsumerOffsets)
        {
            world.Replication.AppendMarker(leader, partition, marker, whenDone);
            return;
        }

        world.Groups.EndTransaction(leader, partition, marker.ProducerId, marker.IsCommit, error =>
        {
            if (error == ErrorCode.None)
            {
                world.Replication.AppendMarker(leader, partition, marker, whenDone);
            }
            else
            {
                whenDone(error);
            }
        });
    }
}
