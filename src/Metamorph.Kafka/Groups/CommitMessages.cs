using System.Collections.Immutable;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Routing;

namespace Metamorph.Kafka.Groups;

/// <summary>Offsets in Kafka's words. The newest versions name topics by id, which not every cluster has.</summary>
internal static class CommitMessages
{
    private const short LastWithNames = 9;
    private const short FirstWithGroups = 8;

    public static IKafkaRequest<OffsetCommitResponse> Commit(
        TopicView view, string group, GroupMembership membership, IReadOnlyDictionary<int, long> offsets)
    {
        var request = new OffsetCommitRequest
        {
            GroupId = group,
            GenerationIdOrMemberEpoch = membership.Generation,
            MemberId = membership.Member,
            Topics =
            [
                new()
                {
                    Name = view.Topic,
                    TopicId = view.Id ?? Guid.Empty,
                    Partitions = [.. offsets.Select(offset => new OffsetCommitRequest.Partition
                    {
                        PartitionIndex = offset.Key,
                        CommittedOffset = offset.Value,
                    })],
                },
            ],
        };
        return ShapedRequest<OffsetCommitResponse>.About(view, request, LastWithNames);
    }

    /// <summary>Asks for committed offsets: of one group, or from version 8 of a list of groups.</summary>
    public static IKafkaRequest<OffsetFetchResponse> Committed(TopicView view, string group, int[] partitions)
    {
        var one = new OffsetFetchRequest
        {
            GroupId = group,
            Topics = [new() { Name = view.Topic, PartitionIndexes = partitions }],
        };
        var topic = new OffsetFetchRequest.GroupTopic
        {
            Name = view.Topic,
            TopicId = view.Id ?? Guid.Empty,
            PartitionIndexes = partitions,
        };
        var listed = new OffsetFetchRequest { Groups = [new() { GroupId = group, Topics = [topic] }] };
        return new ShapedRequest<OffsetFetchResponse>(
            version => version < FirstWithGroups ? one : listed, view.Id is null ? LastWithNames : short.MaxValue);
    }

    /// <summary>The first error in the answer, which all partitions of a group share in practice.</summary>
    public static ErrorCode ErrorOf(OffsetCommitResponse answer) =>
        answer.Topics.SelectMany(topic => topic.Partitions).Select(partition => partition.ErrorCode)
            .FirstOrDefault(error => error != ErrorCode.None);

    public static ErrorCode ErrorOf(OffsetFetchResponse answer) =>
        answer.Groups.Select(group => group.ErrorCode)
            .Append(answer.ErrorCode)
            .Concat(answer.Topics.SelectMany(topic => topic.Partitions).Select(partition => partition.ErrorCode))
            .Concat(Partitions(answer).Select(partition => partition.ErrorCode))
            .FirstOrDefault(error => error != ErrorCode.None);

    public static ImmutableDictionary<int, long> Committed(OffsetFetchResponse answer) =>
        answer.Topics.SelectMany(topic => topic.Partitions)
            .Select(partition => (partition.PartitionIndex, partition.CommittedOffset))
            .Concat(Partitions(answer).Select(partition => (partition.PartitionIndex, partition.CommittedOffset)))
            .Where(offset => offset.CommittedOffset >= 0)
            .ToImmutableDictionary(offset => offset.PartitionIndex, offset => offset.CommittedOffset);

    private static IEnumerable<OffsetFetchResponse.GroupPartition> Partitions(OffsetFetchResponse answer) =>
        answer.Groups.SelectMany(group => group.Topics).SelectMany(topic => topic.Partitions);
}
