namespace Metamorph.SideBySide.Watching;

/// <summary>The cluster at one moment, in one broker's eyes.</summary>
/// <param name="Brokers">Each broker that is shown: <c>live</c>, or <c>fenced</c> where brokers show those too.</param>
/// <param name="Partitions">By name and number: <c>t-0</c>.</param>
/// <param name="Features">The finalized levels above 0.</param>
public sealed record ClusterView(
    IReadOnlyDictionary<int, string> Brokers,
    IReadOnlyDictionary<string, PartitionView> Partitions,
    IReadOnlyDictionary<string, int> Features)
{
    public static ClusterView Nothing { get; } =
        new(new Dictionary<int, string>(), new Dictionary<string, PartitionView>(), new Dictionary<string, int>());

    public PartitionView this[string partition] => Partitions[partition];

    public bool IsLive(int broker) => Brokers.TryGetValue(broker, out var state) && state == "live";

    /// <summary>What stands in each lane of a history.</summary>
    /// <remarks>
    /// A topic whose name begins with <c>auto</c> is placed by the controller's dice, so only its numbers are told.
    /// </remarks>
    public IEnumerable<(string Lane, string State)> Lanes()
    {
        foreach (var (id, state) in Brokers)
        {
            yield return ($"broker {id}", state);
        }

        foreach (var (name, partition) in Partitions)
        {
            yield return (name, name.StartsWith("auto", StringComparison.Ordinal)
                ? $"leader {(partition.Leader < 0 ? "none" : "some")} epoch {partition.Epoch} "
                    + $"isr {partition.Isr.Length} replicas {partition.Replicas.Length}"
                : partition.ToString());
        }

        foreach (var (feature, level) in Features)
        {
            yield return ($"feature {feature}", $"{level}");
        }
    }
}
