using System.Collections.Immutable;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Replicas that somebody chose himself (<c>ReplicationControlManager.validateManualPartitionAssignment</c>).</summary>
internal static class ManualAssignment
{
    /// <summary>Judges one partition's replicas. A fenced or dead broker is as good as any, as long as it is registered.</summary>
    /// <param name="replicas">What was chosen.</param>
    /// <param name="brokers">The registered brokers.</param>
    /// <param name="replicationFactor">How many replicas the partitions before it have; null: that is free.</param>
    public static ApiError Judge(
        int[] replicas, ImmutableSortedDictionary<int, BrokerRecord> brokers, int? replicationFactor)
    {
        if (replicas.Length == 0)
        {
            return Refuse("The manual partition assignment includes an empty replica list.");
        }

        int? previous = null;
        foreach (var broker in replicas.Order())
        {
            if (!brokers.ContainsKey(broker))
            {
                return Refuse($"The manual partition assignment includes broker {broker}, but no such broker is registered.");
            }

            if (broker == previous)
            {
                return Refuse($"The manual partition assignment includes the broker {broker} more than once.");
            }

            previous = broker;
        }

        return replicationFactor is { } expected && expected != replicas.Length
            ? Refuse($"The manual partition assignment includes a partition with {replicas.Length} replica(s), but this is "
                + $"not consistent with previous partitions, which have {expected} replica(s).")
            : ApiError.None;
    }

    private static ApiError Refuse(string why) => new(ErrorCode.InvalidReplicaAssignment, why);
}
