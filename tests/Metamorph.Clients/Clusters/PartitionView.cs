namespace Metamorph.Clients.Clusters;

/// <summary>One partition, as metadata tell it.</summary>
public sealed record PartitionView(
    string Topic, int Partition, int Leader, IReadOnlyList<int> Replicas, IReadOnlyList<int> Isr)
{
    public bool IsWhole => Replicas.Contains(Leader) && Replicas.All(Isr.Contains);

    public override string ToString() =>
        $"{Topic}-{Partition} led by {Leader}, replicas {string.Join(',', Replicas)}, ISR {string.Join(',', Isr)}";
}
