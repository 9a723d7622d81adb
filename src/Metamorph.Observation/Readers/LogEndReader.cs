using Metamorph.Kafka.Client;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>
/// Reads the end of partitions as a consumer sees it, with one question to each leader (ListOffsets).
/// </summary>
internal sealed class LogEndReader(KafkaClient client)
{
    private const long Latest = -1;

    /// <returns>An entry for each of the partitions; unknown where it has no leader, or the leader did not
    /// tell.</returns>
    public async Task<Dictionary<TopicPartition, Observed<long>>> ReadAsync(
        IEnumerable<TopicPartition> partitions, TopicDirectory topics, CancellationToken cancellationToken)
    {
        var led = partitions.GroupBy(topics.LeaderOf).ToList();
        var answers = await Task.WhenAll(led.Select(group => AskAsync(group.Key, [.. group], cancellationToken)));
        var ends = new Dictionary<TopicPartition, Observed<long>>();
        foreach (var (partition, end) in answers.SelectMany(answer => answer))
        {
            ends[partition] = end;
        }

        return ends;
    }

    private async Task<Dictionary<TopicPartition, Observed<long>>> AskAsync(
        Endpoint? leader, TopicPartition[] partitions, CancellationToken cancellationToken)
    {
        if (leader is null)
        {
            return partitions.ToDictionary(id => id, id => Refused(ErrorCode.LeaderNotAvailable, id));
        }

        var response = await Reading.TryAsync(
            () => client.SendAsync(leader, RequestFor(partitions), cancellationToken));
        var why = response.Why ?? $"{leader} left the partition out of its answer";
        var ends = partitions.ToDictionary(id => id, _ => Observed<long>.Unknown(why));
        foreach (var topic in response.Or(null)?.Topics ?? [])
        {
            foreach (var partition in topic.Partitions)
            {
                var id = new TopicPartition(topic.Name, partition.PartitionIndex);
                ends[id] = partition.ErrorCode == ErrorCode.None
                    ? Observed<long>.Of(partition.Offset)
                    : Refused(partition.ErrorCode, id);
            }
        }

        return ends;
    }

    private static Observed<long> Refused(ErrorCode code, TopicPartition id) =>
        Observed<long>.Unknown(new KafkaErrorException(code, $"reading the end of {id}").Message);

    private static ListOffsetsRequest RequestFor(IEnumerable<TopicPartition> partitions) => new()
    {
        ReplicaId = -1,
        Topics =
        [
            .. partitions.GroupBy(partition => partition.Topic).Select(topic => new ListOffsetsRequest.Topic
            {
                Name = topic.Key,
                Partitions = [.. topic.Select(partition => EndOf(partition.Index))],
            }),
        ],
    };

    private static ListOffsetsRequest.Partition EndOf(int index) =>
        new() { PartitionIndex = index, Timestamp = Latest };
}
