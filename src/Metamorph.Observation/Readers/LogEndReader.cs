using Metamorph.Kafka.Client;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>Reads the end of partitions as a consumer sees it, from their leaders (ListOffsets).</summary>
internal sealed class LogEndReader(KafkaClient client)
{
    private const long Latest = -1;

    /// <exception cref="KafkaException">A leader did not answer, or a partition has none: the lag on it is not known.</exception>
    public async Task<Dictionary<TopicPartition, long>> ReadAsync(
        IEnumerable<TopicPartition> partitions, TopicDirectory topics, CancellationToken cancellationToken)
    {
        var ends = new Dictionary<TopicPartition, long>();
        foreach (var led in partitions.GroupBy(partition => topics.LeaderOf(partition)))
        {
            var leader = led.Key
                ?? throw new KafkaErrorException(ErrorCode.LeaderNotAvailable, $"looking for the leader of {led.First()}");
            var response = await client.SendAsync(leader, RequestFor(led), cancellationToken);
            foreach (var topic in response.Topics)
            {
                foreach (var partition in topic.Partitions)
                {
                    Reading.Require(partition.ErrorCode, $"reading the end of {topic.Name}-{partition.PartitionIndex}");
                    ends[new TopicPartition(topic.Name, partition.PartitionIndex)] = partition.Offset;
                }
            }
        }

        return ends;
    }

    private static ListOffsetsRequest RequestFor(IEnumerable<TopicPartition> partitions) => new()
    {
        ReplicaId = -1,
        Topics =
        [
            .. partitions.GroupBy(partition => partition.Topic).Select(topic => new ListOffsetsRequest.Topic
            {
                Name = topic.Key,
                Partitions = [.. topic.Select(partition => new ListOffsetsRequest.Partition { PartitionIndex = partition.Index, Timestamp = Latest })],
            }),
        ],
    };
}
