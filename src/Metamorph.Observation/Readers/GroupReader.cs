using System.Collections.Immutable;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>Reads the consumer groups of all coordinators, with their members and lag.</summary>
/// <remarks>
/// Groups are asked for together, so that a thousand of them cost a handful of requests; what went wrong with one
/// stays with that one.
/// </remarks>
internal sealed class GroupReader(KafkaClient client)
{
    /// <summary>
    /// Groups in one request: with a hundred members each the answer stays at some tens of megabytes.
    /// </summary>
    private const int Batch = 500;

    private const string ConsumerType = "consumer";
    private const string ClassicType = "classic";

    /// <summary>Kafka's own word for a state that nobody told.</summary>
    private const string UnknownState = "Unknown";

    /// <summary>Nobody counted the members. Not 0: a group without members is one that nobody waits for.</summary>
    private const int Uncounted = -1;

    private readonly CommittedReader committedReader = new();
    private readonly LogEndReader endReader = new(client);

    /// <exception cref="KafkaException">A coordinator did not list its groups: nobody knows which ones there
    /// are.</exception>
    public async Task<ImmutableArray<ConsumerGroup>> ReadAsync(
        IEnumerable<Endpoint> coordinators, TopicDirectory topics, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(coordinators.Select(at => ReadAsync(at, topics, cancellationToken)));
        var groups = found.SelectMany(group => group).ToList();
        var partitions = groups.Where(group => group.Committed.IsKnown)
            .SelectMany(group => group.Committed.Value.Keys)
            .Distinct();
        var ends = await endReader.ReadAsync(partitions, topics, cancellationToken);
        return
        [
            .. groups.Select(found => found.Group with { Lag = LagOf(found, ends) })
                .OrderBy(group => group.Id, StringComparer.Ordinal),
        ];
    }

    private static Observed<long> LagOf(FoundGroup found, Dictionary<TopicPartition, Observed<long>> ends)
    {
        if (!found.Committed.IsKnown)
        {
            return Observed<long>.Unknown(found.Committed.Why!);
        }

        long lag = 0;
        foreach (var (partition, committed) in found.Committed.Value)
        {
            var end = ends[partition];
            if (!end.IsKnown)
            {
                return end;
            }

            lag += Math.Max(0, end.Value - committed);
        }

        return Observed<long>.Of(lag);
    }

    private async Task<IEnumerable<FoundGroup>> ReadAsync(
        Endpoint coordinator, TopicDirectory topics, CancellationToken cancellationToken)
    {
        var connection = await client.ConnectAsync(coordinator, cancellationToken);
        var list = await connection.SendAsync(new ListGroupsRequest(), cancellationToken);
        Reading.Require(list.ErrorCode, $"listing the groups of {coordinator}");

        // Share and streams groups have no committed offsets of their own to be behind of.
        var byType = list.Groups.ToLookup(TypeOf, group => group.GroupId);
        var (classic, consumer) = (byType[ClassicType].ToList(), byType[ConsumerType].ToList());
        var described = new Dictionary<string, Observed<ConsumerGroup>>(StringComparer.Ordinal);
        await DescribeAsync(
            described, classic, batch => DescribeClassicAsync(connection, batch, cancellationToken));
        await DescribeAsync(
            described, consumer, batch => DescribeConsumerAsync(connection, batch, cancellationToken));
        var committed = new Dictionary<string, Observed<Offsets>>(StringComparer.Ordinal);
        foreach (var batch in classic.Concat(consumer).Distinct().Chunk(Batch))
        {
            await committedReader.ReadAsync(connection, batch, topics, committed, cancellationToken);
        }

        return classic.Select(id => Found(id, ClassicType)).Concat(consumer.Select(id => Found(id, ConsumerType)));

        FoundGroup Found(string id, string type) => described[id].IsKnown
            ? new FoundGroup(described[id].Value, committed[id])
            : new FoundGroup(
                new ConsumerGroup { Id = id, Type = type, State = UnknownState, Members = Uncounted },
                Observed<Offsets>.Unknown(described[id].Why!));
    }

    private static string TypeOf(ListGroupsResponse.Group group) =>
        string.IsNullOrEmpty(group.GroupType) ? ClassicType : group.GroupType.ToLowerInvariant();

    private static async Task DescribeAsync(
        Dictionary<string, Observed<ConsumerGroup>> described,
        IReadOnlyList<string> ids,
        Func<string[], Task<IEnumerable<KeyValuePair<string, Observed<ConsumerGroup>>>>> ask)
    {
        foreach (var batch in ids.Chunk(Batch))
        {
            var answer = await Reading.TryAsync(() => ask(batch));
            var why = answer.Why ?? "the coordinator left the group out of its answer";
            foreach (var id in batch)
            {
                described[id] = Observed<ConsumerGroup>.Unknown(why);
            }

            foreach (var (id, group) in answer.Or(null) ?? [])
            {
                described[id] = group;
            }
        }
    }

    private static async Task<IEnumerable<KeyValuePair<string, Observed<ConsumerGroup>>>> DescribeClassicAsync(
        KafkaConnection connection, string[] ids, CancellationToken cancellationToken)
    {
        var response = await connection.SendAsync(new DescribeGroupsRequest { Groups = ids }, cancellationToken);
        return response.Groups.Select(group => KeyValuePair.Create(group.GroupId, group.ErrorCode switch
        {
            ErrorCode.None => Known(group.GroupId, ClassicType, group.GroupState, group.Members.Length),
            ErrorCode.GroupIdNotFound => Known(group.GroupId, ClassicType, "Dead", members: 0),
            _ => Refused(group.ErrorCode, group.GroupId, group.ErrorMessage),
        }));
    }

    private static async Task<IEnumerable<KeyValuePair<string, Observed<ConsumerGroup>>>> DescribeConsumerAsync(
        KafkaConnection connection, string[] ids, CancellationToken cancellationToken)
    {
        var response = await connection.SendAsync(
            new ConsumerGroupDescribeRequest { GroupIds = ids }, cancellationToken);
        return response.Groups.Select(group => KeyValuePair.Create(
            group.GroupId,
            group.ErrorCode == ErrorCode.None
                ? Known(group.GroupId, ConsumerType, group.GroupState, group.Members.Length)
                : Refused(group.ErrorCode, group.GroupId, group.ErrorMessage)));
    }

    private static Observed<ConsumerGroup> Known(string id, string type, string state, int members) =>
        Observed<ConsumerGroup>.Of(new ConsumerGroup { Id = id, Type = type, State = state, Members = members });

    private static Observed<ConsumerGroup> Refused(ErrorCode code, string id, string? message) =>
        Observed<ConsumerGroup>.Unknown(new KafkaErrorException(code, $"describing group {id}", message).Message);

    private sealed record FoundGroup(ConsumerGroup Group, Observed<Offsets> Committed);
}
