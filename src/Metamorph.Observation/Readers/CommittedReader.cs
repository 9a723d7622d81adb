using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>Reads how far groups have read, from the broker that coordinates them (OffsetFetch).</summary>
internal sealed class CommittedReader
{
    /// <summary>From this version on OffsetFetch asks for groups in a list.</summary>
    private const short GroupsInList = 8;

    /// <summary>
    /// Sets <paramref name="committed"/> for each of the groups; what failed is unknown with its reason.
    /// </summary>
    public async Task ReadAsync(
        KafkaConnection connection,
        string[] groups,
        TopicDirectory topics,
        Dictionary<string, Observed<Offsets>> committed,
        CancellationToken cancellationToken)
    {
        if (connection.RangeOf(ApiKey.OffsetFetch) is not { Max: >= GroupsInList })
        {
            foreach (var group in groups)
            {
                committed[group] = await Reading.TryAsync(() => ReadOneAsync(connection, group, cancellationToken));
            }

            return;
        }

        var request = new OffsetFetchRequest
        {
            Groups = [.. groups.Select(id => new OffsetFetchRequest.Group { GroupId = id, Topics = null })],
        };
        var response = await Reading.TryAsync(() => connection.SendAsync(request, cancellationToken));
        var why = response.Why ?? "the coordinator left the group out of its offsets";
        foreach (var group in groups)
        {
            committed[group] = Observed<Offsets>.Unknown(why);
        }

        foreach (var answer in response.Or(null)?.Groups ?? [])
        {
            committed[answer.GroupId] = Reading.Try(() => OffsetsOf(answer, topics));
        }
    }

    private static async Task<Offsets> ReadOneAsync(
        KafkaConnection connection, string group, CancellationToken cancellationToken)
    {
        var response = await connection.SendAsync(
            new OffsetFetchRequest { GroupId = group, Topics = null }, cancellationToken);
        Reading.Require(response.ErrorCode, $"fetching the offsets of group {group}");
        var offsets = new Offsets();
        foreach (var topic in response.Topics)
        {
            foreach (var partition in topic.Partitions)
            {
                var id = new TopicPartition(topic.Name, partition.PartitionIndex);
                Add(offsets, id, partition.CommittedOffset, partition.ErrorCode);
            }
        }

        return offsets;
    }

    /// <exception cref="KafkaErrorException">The coordinator refused the group, or one of its partitions.</exception>
    private static Offsets OffsetsOf(OffsetFetchResponse.Group group, TopicDirectory topics)
    {
        Reading.Require(group.ErrorCode, $"fetching the offsets of group {group.GroupId}");
        var offsets = new Offsets();
        foreach (var topic in group.Topics)
        {
            if (topics.NameOf(topic.Name, topic.TopicId) is not { } name)
            {
                continue; // A topic that was deleted has nothing left to be behind of.
            }

            foreach (var partition in topic.Partitions)
            {
                var id = new TopicPartition(name, partition.PartitionIndex);
                Add(offsets, id, partition.CommittedOffset, partition.ErrorCode);
            }
        }

        return offsets;
    }

    private static void Add(Offsets offsets, TopicPartition partition, long committed, ErrorCode error)
    {
        if (error is ErrorCode.UnknownTopicOrPartition or ErrorCode.UnknownTopicId)
        {
            return;
        }

        Reading.Require(error, $"fetching the offset of {partition}");
        if (committed >= 0)
        {
            offsets[partition] = committed;
        }
    }
}
