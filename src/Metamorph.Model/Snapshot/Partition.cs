using System.Text.Json.Serialization;

namespace Metamorph.Model;

/// <summary>One partition as the metadata showed it.</summary>
public readonly record struct Partition
{
    public required int Index { get; init; }

    /// <summary>Null: the partition is offline, nobody leads it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required NodeId? Leader { get; init; }

    public int LeaderEpoch { get; init; }

    /// <summary>All replicas in assignment order, those being added by a reassignment included; the first is the preferred leader.</summary>
    public required NodeList Replicas { get; init; }

    public required NodeList Isr { get; init; }

    /// <summary>Replicas on a dead broker or a dead log dir.</summary>
    public NodeList Offline { get; init; }

    /// <summary>Eligible leader replicas (KIP-966); empty where the cluster does not use them.</summary>
    public NodeList EligibleLeaders { get; init; }

    [JsonIgnore]
    public NodeId PreferredLeader => Replicas[0];

    [JsonIgnore]
    public bool IsUnderReplicated => Isr.Count < Replicas.Count;
}
