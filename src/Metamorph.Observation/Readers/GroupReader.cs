using System.Collections.Immutable;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>Reads the consumer groups that one broker coordinates, with their members and lag.</summary>
internal sealed class GroupReader(KafkaClient client)
{
    /// <summary>From this version on OffsetFetch asks for groups in a list.</summary>
    private const short GroupsInList = 8;

    private const string ConsumerType = "consumer";
    private const string ClassicType = "classic";

    /// <exception cref="KafkaException">The broker did not answer.</exception>
    public async Task<ImmutableArray<ConsumerGroup>> ReadAsync(
        Endpoint coordinator, TopicDirectory topics, CancellationToken cancellationToken)
    {
        var connection = await client.ConnectAsync(coordinator, cancellationToken);
        var list = await connection.SendAsync(new ListGroupsRequest(), cancellationToken);
        Reading.Require(list.ErrorCode, $"listing the groups of {coordinator}");
        var groups = ImmutableArray.CreateBuilder<ConsumerGroup>(list.Groups.Length);
        foreach (var listed in list.Groups)
        {
            var type = string.IsNullOrEmpty(listed.GroupType) ? ClassicType : listed.GroupType.ToLowerInvariant();
            if (type is not (ClassicType or ConsumerType))
            {
                continue; // Share and streams groups have no committed offsets of their own to be behind of.
            }

            var group = await DescribeAsync(connection, listed.GroupId, type, cancellationToken);
            groups.Add(group with { Lag = await Reading.TryAsync(() => LagAsync(connection, group.Id, topics, cancellationToken)) });
        }

        return groups.ToImmutable();
    }

    private static async Task<ConsumerGroup> DescribeAsync(
        KafkaConnection connection, string id, string type, CancellationToken cancellationToken)
    {
        if (type == ConsumerType)
        {
            var described = await connection.SendAsync(new ConsumerGroupDescribeRequest { GroupIds = [id] }, cancellationToken);
            var group = described.Groups.First();
            Reading.Require(group.ErrorCode, $"describing group {id}", group.ErrorMessage);
            return new ConsumerGroup { Id = id, Type = type, State = group.GroupState, Members = group.Members.Length };
        }

        var classic = (await connection.SendAsync(new DescribeGroupsRequest { Groups = [id] }, cancellationToken)).Groups.First();
        if (classic.ErrorCode is ErrorCode.GroupIdNotFound)
        {
            return new ConsumerGroup { Id = id, Type = type, State = "Dead" };
        }

        Reading.Require(classic.ErrorCode, $"describing group {id}", classic.ErrorMessage);
        return new ConsumerGroup { Id = id, Type = type, State = classic.GroupState, Members = classic.Members.Length };
    }

    private async Task<long> LagAsync(
        KafkaConnection connection, string group, TopicDirectory topics, CancellationToken cancellationToken)
    {
        var committed = await CommittedAsync(connection, group, topics, cancellationToken);
        var ends = await new LogEndReader(client).ReadAsync(committed.Keys, topics, cancellationToken);
        return committed.Sum(offset => ends.TryGetValue(offset.Key, out var end) ? Math.Max(0, end - offset.Value) : 0);
    }

    private static async Task<Dictionary<TopicPartition, long>> CommittedAsync(
        KafkaConnection connection, string group, TopicDirectory topics, CancellationToken cancellationToken)
    {
        var version = connection.VersionFor(ApiKey.OffsetFetch, OffsetFetchResponse.Versions);
        var response = version >= GroupsInList
            ? await connection.SendAsync(new OffsetFetchRequest { Groups = [new() { GroupId = group, Topics = null }] }, cancellationToken)
            : await connection.SendAsync(new OffsetFetchRequest { GroupId = group, Topics = null }, cancellationToken);
        var committed = new Dictionary<TopicPartition, long>();
        Reading.Require(response.ErrorCode, $"fetching the offsets of group {group}");
        foreach (var topic in response.Topics)
        {
            foreach (var partition in topic.Partitions.Where(partition => partition.CommittedOffset >= 0))
            {
                committed[new TopicPartition(topic.Name, partition.PartitionIndex)] = partition.CommittedOffset;
            }
        }

        foreach (var answer in response.Groups)
        {
            Reading.Require(answer.ErrorCode, $"fetching the offsets of group {group}");
            foreach (var topic in answer.Topics.Where(topic => topics.NameOf(topic.Name, topic.TopicId) is not null))
            {
                foreach (var partition in topic.Partitions.Where(partition => partition.CommittedOffset >= 0))
                {
                    committed[new TopicPartition(topics.NameOf(topic.Name, topic.TopicId)!, partition.PartitionIndex)] = partition.CommittedOffset;
                }
            }
        }

        return committed;
    }
}
