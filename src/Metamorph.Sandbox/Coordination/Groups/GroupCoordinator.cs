using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>The group coordinators of all brokers (<c>GroupCoordinatorService</c>).</summary>
internal sealed class GroupCoordinator
{
    private readonly CoordinatorShards<GroupShard> shards;

    public GroupCoordinator(World world)
    {
        shards = new(world, InternalTopics.ConsumerOffsets, (node, life, partition) =>
            new GroupShard(world, node, life, partition));
    }

    /// <summary>The partition of <c>__consumer_offsets</c> that a group belongs to, as a broker knows it.</summary>
    public SandboxPartition? PartitionOf(string group, NodeLife life) => shards.PartitionOf(group, life);

    /// <summary>Where the asked broker keeps a group, or why it does not coordinate it.</summary>
    public (ErrorCode Error, GroupShard? Shard) Find(Call call, string group) =>
        shards.Find(call.Node, call.Life, group);

    /// <summary>Everything that the asked broker coordinates.</summary>
    public IEnumerable<(ErrorCode Error, GroupShard? Shard)> Of(Call call) => shards.Of(call.Node, call.Life);

    /// <summary>A broker has applied a record.</summary>
    public void Applied(SandboxNode node, NodeLife life, MetadataChange change) => shards.Applied(node, life, change);

    /// <summary>
    /// A transaction ends in a partition of <c>__consumer_offsets</c>: offsets that were committed in it count from now
    /// on, or never. To be asked at the partition's leader, before the marker is written.
    /// </summary>
    public void EndTransaction(
        SandboxNode node, SandboxPartition partition, long producerId, bool isCommit, Action<ErrorCode> whenDone)
    {
        var (error, shard) = node.Life is { } life
            ? shards.Find(node, life, partition)
            : (ErrorCode.NotCoordinator, null);
        if (shard is null)
        {
            whenDone(error);
        }
        else
        {
            shard.Writer.EndTransaction(producerId, isCommit, whenDone);
        }
    }
}
