using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>Tells committed offsets: of one group, or from version 8 on of a list of them.</summary>
internal sealed class OffsetFetchHandler : ApiHandler<OffsetFetchRequest, OffsetFetchResponse>
{
    private const short FirstWithError = 2;
    private const short FirstWithGroups = 8;
    private const short FirstWithTopicIds = 10;

    protected override void Handle(OffsetFetchRequest request, Call<OffsetFetchResponse> call, World world)
    {
        if (call.Version >= FirstWithGroups)
        {
            call.Answer(new OffsetFetchResponse
            {
                Groups = [.. request.Groups.Select(group => Answer(group, request.RequireStable, call, world))],
            });
            return;
        }

        var (error, shard) = Find(request.GroupId, memberId: null, epoch: -1, call, world);
        var asked = request.Topics?.Select(topic => (topic.Name, topic.PartitionIndexes))
            ?? (shard is null ? [] : AllOf(shard, request.GroupId));
        call.Answer(new OffsetFetchResponse
        {
            ErrorCode = call.Version >= FirstWithError ? error : ErrorCode.None,
            Topics =
            [
                .. asked.Select(topic => new OffsetFetchResponse.Topic
                {
                    Name = topic.Item1,
                    Partitions =
                    [
                        .. topic.Item2.Select(index =>
                            Old(Fetch(shard, error, request.GroupId, new(topic.Item1, index), request.RequireStable))),
                    ],
                }),
            ],
        });
    }

    private static OffsetFetchResponse.Group Answer(
        OffsetFetchRequest.Group asked, bool requireStable, Call<OffsetFetchResponse> call, World world)
    {
        var (error, shard) = Find(asked.GroupId, asked.MemberId, asked.MemberEpoch, call, world);
        if (shard is null)
        {
            return new() { GroupId = asked.GroupId, ErrorCode = error };
        }

        var topics = asked.Topics?
            .Select(topic => (Topic: Resolve(topic, call, world), topic.TopicId, topic.PartitionIndexes))
            ?? AllOf(shard, asked.GroupId)
                .Select(topic => ((string?)topic.Topic, IdOf(topic.Topic, call, world), topic.Indexes));
        return new()
        {
            GroupId = asked.GroupId,
            Topics =
            [
                .. topics.Select(topic => new OffsetFetchResponse.GroupTopic
                {
                    Name = topic.Item1 ?? "",
                    TopicId = topic.Item2,
                    Partitions = [.. topic.Item3.Select(index => topic.Item1 is null
                        ? new() { PartitionIndex = index, CommittedOffset = -1, ErrorCode = ErrorCode.UnknownTopicId }
                        : Fetch(shard, ErrorCode.None, asked.GroupId, new(topic.Item1, index), requireStable))],
                }),
            ],
        };
    }

    private static (ErrorCode Error, GroupShard? Shard) Find(
        string groupId, string? memberId, int epoch, Call call, World world)
    {
        var (error, shard) = world.Groups.Find(call, groupId);
        var judged = shard?.Find(groupId)?.JudgeFetch(memberId, epoch) ?? ErrorCode.None;
        return judged == ErrorCode.None ? (error, shard) : (judged, null);
    }

    private static string? Resolve(OffsetFetchRequest.GroupTopic topic, Call call, World world) =>
        call.Version < FirstWithTopicIds
            ? topic.Name
            : world.Metadata.FindTopic(topic.TopicId, call.Life.Applied)?.Name;

    private static Guid IdOf(string topic, Call call, World world) =>
        world.Metadata.FindTopic(topic, call.Life.Applied)?.Id ?? Guid.Empty;

    private static IEnumerable<(string Topic, int[] Indexes)> AllOf(GroupShard shard, string group) =>
        shard.Offsets.Of(group).Keys
            .GroupBy(partition => partition.Topic)
            .Select(topic => (topic.Key, topic.Select(partition => partition.Index).ToArray()));

    private static OffsetFetchResponse.GroupPartition Fetch(
        GroupShard? shard, ErrorCode error, string group, TopicPartition partition, bool requireStable)
    {
        if (shard is null || (requireStable && shard.Offsets.IsUnstable(group, partition)))
        {
            return new()
            {
                PartitionIndex = partition.Index,
                CommittedOffset = -1,
                ErrorCode = shard is null ? error : ErrorCode.UnstableOffsetCommit,
            };
        }

        var known = shard.Offsets.Of(group).GetValueOrDefault(partition);
        return new()
        {
            PartitionIndex = partition.Index,
            CommittedOffset = known?.Offset ?? -1,
            CommittedLeaderEpoch = known?.LeaderEpoch ?? -1,
            Metadata = known?.Metadata ?? "",
        };
    }

    private static OffsetFetchResponse.Partition Old(OffsetFetchResponse.GroupPartition partition) => new()
    {
        PartitionIndex = partition.PartitionIndex,
        CommittedOffset = partition.CommittedOffset,
        CommittedLeaderEpoch = partition.CommittedLeaderEpoch,
        Metadata = partition.Metadata,
        ErrorCode = partition.ErrorCode,
    };
}
