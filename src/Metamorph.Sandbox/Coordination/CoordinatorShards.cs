using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>
/// Which broker coordinates what of an internal topic: the leader of each partition, as that broker itself believes.
/// </summary>
/// <param name="world">The cluster.</param>
/// <param name="topicName">The internal topic.</param>
/// <param name="create">Makes a coordinator that has still to read its log.</param>
internal sealed class CoordinatorShards<TShard>(
    World world, string topicName, Func<SandboxNode, NodeLife, SandboxPartition, TShard> create)
    where TShard : CoordinatorShard
{
    /// <summary>Opening and reading a log of a few thousand entries.</summary>
    private static readonly (TimeSpan Min, TimeSpan Max) Reads = (
        TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(40));

    private readonly Dictionary<(int Node, int Partition), TShard> shards = [];

    /// <summary>
    /// The partition that a group or a transactional id belongs to, as a broker knows it; null: it does not know the
    /// topic.
    /// </summary>
    public SandboxPartition? PartitionOf(string key, NodeLife life) =>
        world.Metadata.FindTopic(topicName, life.Applied) is { Partitions.Count: > 0 } topic
            ? topic.Partitions[CoordinatorHash.PartitionOf(key, topic.Partitions.Count)]
            : null;

    /// <summary>
    /// What an asked broker knows of a group or a transactional id, or why it does not coordinate it.
    /// </summary>
    public (ErrorCode Error, TShard? Shard) Find(SandboxNode node, NodeLife life, string key) =>
        PartitionOf(key, life) is { } partition ? Find(node, life, partition) : (ErrorCode.NotCoordinator, null);

    public (ErrorCode Error, TShard? Shard) Find(SandboxNode node, NodeLife life, SandboxPartition partition)
    {
        if (partition.AsOf(life.Applied)?.Leader != node.Id.Value)
        {
            return (ErrorCode.NotCoordinator, null);
        }

        // One that nobody elected before our eyes has led since the cluster began, and has read everything long ago.
        var shard = Current(node, life, partition) ?? Make(node, life, partition, TimeSpan.Zero);
        return shard.IsLoading ? (ErrorCode.CoordinatorLoadInProgress, null) : (ErrorCode.None, shard);
    }

    /// <summary>What a broker coordinates, by partition; those that it still reads are named by their error.</summary>
    public IEnumerable<(ErrorCode Error, TShard? Shard)> Of(SandboxNode node, NodeLife life)
    {
        var partitions = world.Metadata.FindTopic(topicName, life.Applied)?.Partitions ?? [];
        return partitions
            .Where(partition => partition.AsOf(life.Applied)?.Leader == node.Id.Value)
            .Select(partition => Find(node, life, partition));
    }

    /// <summary>A broker has applied a record: it may coordinate more or less than before.</summary>
    public void Applied(SandboxNode node, NodeLife life, MetadataChange change)
    {
        switch (change)
        {
            case MetadataChange.Partition partition when partition.What.Topic.Name == topicName:
                Turn(node, life, partition);
                break;
            case MetadataChange.TopicRemoved removed when removed.What.Name == topicName:
                removed.What.Partitions.ForEach(partition => End(node, partition));
                break;
        }
    }

    private void Turn(SandboxNode node, NodeLife life, MetadataChange.Partition change)
    {
        if (change.After.Leader != node.Id.Value)
        {
            End(node, change.What);
        }
        else if (Current(node, life, change.What) is null)
        {
            Make(node, life, change.What, world.Entropy.Between(Reads.Min, Reads.Max));
        }
    }

    private TShard? Current(SandboxNode node, NodeLife life, SandboxPartition partition) =>
        shards.GetValueOrDefault((node.Id.Value, partition.Index)) is { IsOver: false } shard
        && shard.Life == life && shard.Partition == partition
            ? shard
            : null;

    private TShard Make(SandboxNode node, NodeLife life, SandboxPartition partition, TimeSpan delay)
    {
        var shard = create(node, life, partition);
        shards[(node.Id.Value, partition.Index)] = shard;
        shard.LoadIn(delay);
        return shard;
    }

    private void End(SandboxNode node, SandboxPartition partition)
    {
        if (shards.Remove((node.Id.Value, partition.Index), out var shard))
        {
            shard.End();
        }
    }
}
