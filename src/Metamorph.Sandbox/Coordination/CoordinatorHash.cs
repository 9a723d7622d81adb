namespace Metamorph.Sandbox;

/// <summary>Which partition of an internal topic a group or a transactional id belongs to.</summary>
internal static class CoordinatorHash
{
    /// <summary>As every Kafka client and broker computes it: Java's hash of the name, without its sign.</summary>
    public static int PartitionOf(string key, int partitions)
    {
        var hash = 0;
        foreach (var letter in key)
        {
            hash = unchecked((31 * hash) + letter);
        }

        return (hash == int.MinValue ? 0 : Math.Abs(hash)) % partitions;
    }
}
