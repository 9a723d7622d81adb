using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>Commits a group's offsets; answered once all in-sync replicas of the coordinator's log have them.</summary>
internal sealed class OffsetCommitHandler : ApiHandler<OffsetCommitRequest, OffsetCommitResponse>
{
    private const short FirstWithTopicIds = 10;

    protected override void Handle(OffsetCommitRequest request, Call<OffsetCommitResponse> call, World world)
    {
        var (error, shard) = world.Groups.Find(call, request.GroupId);
        var who = new OffsetOwner(request.MemberId, request.GroupInstanceId, request.GenerationIdOrMemberEpoch);
        error = shard is null ? error : OffsetCommits.Judge(shard, request.GroupId, who, call.Version);
        if (error != ErrorCode.None)
        {
            call.Answer(All(request, error));
            return;
        }

        var topics = request.Topics.Select(topic => (Topic: topic, Known: Find(topic, call, world))).ToList();
        var taken = topics.Where(each => each.Known is not null).SelectMany(each => each.Topic.Partitions
            .Where(partition => Refusal(each.Known, partition, call, shard!) is null)
            .Select(partition => Read(each.Known!.Name, partition)))
            .ToList();
        shard!.Writer.Commit(request.GroupId, taken, said => call.Answer(new OffsetCommitResponse
        {
            Topics =
            [
                .. topics.Select(
                    each => Answer(each.Topic, partition => Refusal(each.Known, partition, call, shard) ?? said)),
            ],
        }));
    }

    private static CommittedOffset Read(string topic, OffsetCommitRequest.Partition partition) => new(
        new TopicPartition(topic, partition.PartitionIndex),
        partition.CommittedOffset,
        partition.CommittedLeaderEpoch,
        partition.CommittedMetadata ?? "");

    private static SandboxTopic? Find(OffsetCommitRequest.Topic topic, Call call, World world) =>
        call.Version >= FirstWithTopicIds
        ? world.Metadata.FindTopic(topic.TopicId, call.Life.Applied)
        : world.Metadata.FindTopic(topic.Name, call.Life.Applied);

    private static ErrorCode? Refusal(
        SandboxTopic? topic, OffsetCommitRequest.Partition partition, Call call, GroupShard shard)
    {
        if (topic is null)
        {
            return call.Version >= FirstWithTopicIds ? ErrorCode.UnknownTopicId : ErrorCode.UnknownTopicOrPartition;
        }

        return OffsetCommits.Refusal(
            topic, partition.PartitionIndex, partition.CommittedMetadata, call.Life, shard.Settings);
    }

    private static OffsetCommitResponse All(OffsetCommitRequest request, ErrorCode error) =>
        new() { Topics = [.. request.Topics.Select(topic => Answer(topic, _ => error))] };

    private static OffsetCommitResponse.Topic Answer(
        OffsetCommitRequest.Topic topic, Func<OffsetCommitRequest.Partition, ErrorCode> errorOf) => new()
        {
            Name = topic.Name,
            TopicId = topic.TopicId,
            Partitions =
            [
                .. topic.Partitions.Select(partition => new OffsetCommitResponse.Partition
                {
                    PartitionIndex = partition.PartitionIndex,
                    ErrorCode = errorOf(partition),
                }),
            ],
        };
}
