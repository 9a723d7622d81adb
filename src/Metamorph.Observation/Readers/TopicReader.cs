using System.Collections.Immutable;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>Reads every topic with its partitions, internal ones included (Metadata), each time from another broker.</summary>
internal sealed class TopicReader(KafkaClient client)
{
    private readonly BrokerTurn turn = new();

    /// <exception cref="Kafka.Errors.KafkaException">Nobody answered, or a topic cannot be described.</exception>
    public async Task<ImmutableArray<Topic>> ReadAsync(CancellationToken cancellationToken)
    {
        var response = await client.SendToAnyAsync(
            new MetadataRequest { Topics = null, AllowAutoTopicCreation = false }, cancellationToken, turn);
        Reading.Require(response.ErrorCode, "reading the metadata");

        // A topic that is being deleted while we look is no longer anybody's; every other error is somebody's.
        var topics = response.Topics.Where(topic => topic.ErrorCode != ErrorCode.UnknownTopicOrPartition).ToList();
        foreach (var topic in topics)
        {
            Reading.Require(topic.ErrorCode, $"reading the metadata of topic {topic.Name}");
        }

        return [.. topics.OrderBy(topic => topic.Name, StringComparer.Ordinal).Select(TopicOf)];
    }

    private static Topic TopicOf(MetadataResponse.Topic topic)
    {
        var partitions = ImmutableArray.CreateBuilder<Partition>(topic.Partitions.Length);
        var isInOrder = true;
        foreach (var partition in topic.Partitions)
        {
            isInOrder &= partition.PartitionIndex == partitions.Count;
            partitions.Add(new Partition
            {
                Index = partition.PartitionIndex,
                Leader = partition.LeaderId < 0 ? null : new NodeId(partition.LeaderId),
                LeaderEpoch = partition.LeaderEpoch,
                Replicas = new NodeList(partition.ReplicaNodes),
                Isr = new NodeList(partition.IsrNodes),
                Offline = new NodeList(partition.OfflineReplicas),
            });
        }

        // No order is promised. Most brokers keep this one, and sorting takes as long as reading.
        if (!isInOrder)
        {
            partitions.Sort((left, right) => left.Index.CompareTo(right.Index));
        }

        return new Topic
        {
            Name = topic.Name!,
            Id = topic.TopicId,
            IsInternal = topic.IsInternal,
            Partitions = partitions.MoveToImmutable(),
        };
    }
}
