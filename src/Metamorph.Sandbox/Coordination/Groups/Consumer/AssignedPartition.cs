namespace Metamorph.Sandbox;

/// <summary>A partition as groups of KIP-848 name it.</summary>
internal readonly record struct AssignedPartition(Guid Topic, int Index) : IComparable<AssignedPartition>
{
    public int CompareTo(AssignedPartition other)
    {
        var byTopic = Topic.CompareTo(other.Topic);
        return byTopic != 0 ? byTopic : Index.CompareTo(other.Index);
    }
}
