using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>Deletes offsets of topics that no member of the group reads (KIP-496).</summary>
internal sealed class OffsetDeleteHandler : ApiHandler<OffsetDeleteRequest, OffsetDeleteResponse>
{
    private const string ConsumerProtocol = "consumer";

    protected override void Handle(OffsetDeleteRequest request, Call<OffsetDeleteResponse> call, World world)
    {
        var (error, shard) = world.Groups.Find(call, request.GroupId);
        if (shard?.Find(request.GroupId) is not { } group)
        {
            call.Answer(new OffsetDeleteResponse { ErrorCode = shard is null ? error : ErrorCode.GroupIdNotFound });
            return;
        }

        if (!group.IsEmpty && group.ProtocolType != ConsumerProtocol)
        {
            call.Answer(new OffsetDeleteResponse { ErrorCode = ErrorCode.NonEmptyGroup });
            return;
        }

        var gone = request.Topics
            .Where(topic => Refusal(topic.Name, group, call, world) is null)
            .SelectMany(
                topic => topic.Partitions.Select(partition => new TopicPartition(topic.Name, partition.PartitionIndex)))
            .Where(shard.Offsets.Of(group.Id).ContainsKey)
            .ToList();
        shard.Writer.Delete(group.Id, gone, said => call.Answer(new OffsetDeleteResponse
        {
            ErrorCode = said,
            Topics =
            [
                .. request.Topics.Select(topic => Answer(topic, Refusal(topic.Name, group, call, world) ?? said)),
            ],
        }));
    }

    private static ErrorCode? Refusal(string topic, CoordinatedGroup group, Call call, World world)
    {
        if (world.Metadata.FindTopic(topic, call.Life.Applied) is null)
        {
            return ErrorCode.UnknownTopicOrPartition;
        }

        return group.IsSubscribedTo(topic) ? ErrorCode.GroupSubscribedToTopic : null;
    }

    private static OffsetDeleteResponse.Topic Answer(OffsetDeleteRequest.Topic topic, ErrorCode error) => new()
    {
        Name = topic.Name,
        Partitions =
        [
            .. topic.Partitions.Select(partition => new OffsetDeleteResponse.Partition
            {
                PartitionIndex = partition.PartitionIndex,
                ErrorCode = error,
            }),
        ],
    };
}
