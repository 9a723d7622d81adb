using System.Collections.Immutable;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Kafka.Routing;

/// <summary>What is known of one topic: its id, its partitions' leaders, and where the brokers listen.</summary>
/// <param name="Topic">The topic's name.</param>
/// <param name="Id">The topic's id; null where the cluster has none (no topic ids before 2.8, or in ZooKeeper mode with an older IBP).</param>
/// <param name="Brokers">Where each broker listens.</param>
/// <param name="Leaders">The leader of each partition, by index; empty while the topic is not known.</param>
public sealed record TopicView(
    string Topic,
    Guid? Id,
    ImmutableDictionary<NodeId, Endpoint> Brokers,
    ImmutableArray<PartitionLeader> Leaders)
{
    public int PartitionCount => Leaders.Length;

    /// <summary>Whether every partition has a leader that can be reached.</summary>
    public bool IsComplete => !Leaders.IsEmpty && Enumerable.Range(0, PartitionCount).All(index => EndpointOf(index) is not null);

    public static TopicView Unknown(string topic) => new(topic, null, ImmutableDictionary<NodeId, Endpoint>.Empty, []);

    /// <summary>Where the leader of a partition listens; null while that is not known.</summary>
    public Endpoint? EndpointOf(int partition) =>
        partition < Leaders.Length && Leaders[partition].Node is { } leader ? Brokers.GetValueOrDefault(leader) : null;

    /// <summary>The epoch of a partition's leader; -1 where it is not known.</summary>
    public int EpochOf(int partition) => partition < Leaders.Length ? Leaders[partition].Epoch : -1;

    /// <summary>This view, brought up to date by what a broker told.</summary>
    /// <remarks>A broker that lags behind may name an older leader than is known here: the higher epoch stays.</remarks>
    internal TopicView With(MetadataResponse answer)
    {
        var brokers = answer.Brokers.ToImmutableDictionary(
            broker => new NodeId(broker.NodeId), broker => new Endpoint(broker.Host, broker.Port));
        var told = answer.Topics.FirstOrDefault(topic => topic.Name == Topic);
        if (told is null || told.ErrorCode != ErrorCode.None)
        {
            return this with { Brokers = Brokers.SetItems(brokers) };
        }

        Guid? id = told.TopicId == Guid.Empty ? null : told.TopicId;
        var isSame = id == Id;
        var leaders = new PartitionLeader[told.Partitions.Length];
        foreach (var partition in told.Partitions)
        {
            var fresh = new PartitionLeader(
                partition.LeaderId < 0 ? null : new NodeId(partition.LeaderId), partition.LeaderEpoch);
            leaders[partition.PartitionIndex] =
                isSame && EpochOf(partition.PartitionIndex) > fresh.Epoch ? Leaders[partition.PartitionIndex] : fresh;
        }

        // A leader that this broker has not heard of may still stand in the list: its address must not be lost.
        return new TopicView(Topic, id, Brokers.SetItems(brokers), [.. leaders]);
    }

    /// <summary>This view with a leader that an answer hinted at (KIP-951), if that is newer than what is known.</summary>
    internal TopicView With(int partition, PartitionLeader hint, Endpoint? endpoint)
    {
        if (hint.Node is not { } node || partition >= Leaders.Length || hint.Epoch <= EpochOf(partition))
        {
            return this;
        }

        var brokers = endpoint is null ? Brokers : Brokers.SetItem(node, endpoint);
        return brokers.ContainsKey(node) ? this with { Brokers = brokers, Leaders = Leaders.SetItem(partition, hint) } : this;
    }
}
