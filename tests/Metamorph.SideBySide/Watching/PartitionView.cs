using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.SideBySide.Watching;

/// <summary>A partition as a broker tells it to clients.</summary>
/// <param name="Leader">-1: none.</param>
/// <param name="Epoch">The leader epoch; a new partition has 0.</param>
/// <param name="Replicas">In the order of preference.</param>
/// <param name="Isr">Sorted: its order means nothing to Kafka.</param>
/// <param name="Elr">Eligible leader replicas (KIP-966), sorted; empty where a broker knows none.</param>
/// <param name="LastKnownElr">Sorted, as <paramref name="Elr"/>.</param>
public sealed record PartitionView(int Leader, int Epoch, int[] Replicas, int[] Isr, int[] Elr, int[] LastKnownElr)
{
    internal static PartitionView Of(
        MetadataResponse.Partition told, DescribeTopicPartitionsResponse.Partition? described) =>
        new(
            told.LeaderId,
            told.LeaderEpoch,
            told.ReplicaNodes,
            [.. told.IsrNodes.Order()],
            [.. (described?.EligibleLeaderReplicas ?? []).Order()],
            [.. (described?.LastKnownElr ?? []).Order()]);

    /// <summary>Whether every replica is in sync under a leader.</summary>
    public bool IsWhole => Leader >= 0 && Isr.Length == Replicas.Length;

    /// <summary>The canonical words.</summary>
    public override string ToString()
    {
        var leader = Leader < 0 ? "none" : $"{Leader}";
        return $"leader {leader} epoch {Epoch} isr {Ids(Isr)} replicas {Ids(Replicas)}"
            + (Elr.Length == 0 ? "" : $" elr {Ids(Elr)}")
            + (LastKnownElr.Length == 0 ? "" : $" last known elr {Ids(LastKnownElr)}");
    }

    internal static string Ids(IEnumerable<int> ids) => $"[{string.Join(",", ids)}]";
}
