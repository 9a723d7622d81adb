using System.Collections.Immutable;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Describes groups of KIP-848: what each member has, and what it shall have.</summary>
internal sealed class ConsumerGroupDescribeHandler
    : ApiHandler<ConsumerGroupDescribeRequest, ConsumerGroupDescribeResponse>
{
    private const sbyte ConsumerMemberType = 1;

    protected override void Handle(
        ConsumerGroupDescribeRequest request, Call<ConsumerGroupDescribeResponse> call, World world) =>
        call.Answer(new ConsumerGroupDescribeResponse
        {
            Groups = [.. request.GroupIds.Select(id => Describe(id, request.IncludeAuthorizedOperations, call, world))],
        });

    private static ConsumerGroupDescribeResponse.Group Describe(
        string id, bool withOperations, Call<ConsumerGroupDescribeResponse> call, World world)
    {
        if (!MetadataRules.HasConsumerGroupProtocol(world.Metadata.Features.AsOf(call.Life.Applied)))
        {
            return new() { GroupId = id, ErrorCode = ErrorCode.UnsupportedVersion };
        }

        var (error, shard) = world.Groups.Find(call, id);
        if (shard is null)
        {
            return new() { GroupId = id, ErrorCode = error };
        }

        if (shard.Find(id) is not ConsumerGroup group)
        {
            var why = shard.Find(id) is null ? $"Group {id} not found." : $"Group {id} is not a consumer group.";
            return new() { GroupId = id, ErrorCode = ErrorCode.GroupIdNotFound, ErrorMessage = why };
        }

        return new()
        {
            GroupId = id,
            GroupState = group.StateName,
            GroupEpoch = group.Image.Epoch,
            AssignmentEpoch = group.Image.AssignmentEpoch,
            AssignorName = group.Image.Assignor.Length > 0 ? group.Image.Assignor : ServerAssignors.Uniform,
            Members = [.. group.Image.Members.Values.Select(member => Describe(member, group, call, world))],
            AuthorizedOperations = GroupOperations.Of(call.Life, withOperations),
        };
    }

    private static ConsumerGroupDescribeResponse.Member Describe(
        ConsumerMember member, ConsumerGroup group, Call<ConsumerGroupDescribeResponse> call, World world) => new()
        {
            MemberId = member.Id,
            InstanceId = member.InstanceId,
            RackId = member.RackId,
            MemberEpoch = member.Epoch,
            ClientId = member.ClientId,
            ClientHost = member.ClientHost,
            SubscribedTopicNames = [.. member.Topics],
            SubscribedTopicRegex = string.IsNullOrEmpty(member.Regex) ? null : member.Regex,
            Assignment = Named(member.Assigned, call, world),
            TargetAssignment = Named(group.Image.TargetOf(member.Id), call, world),
            MemberType = ConsumerMemberType,
        };

    private static ConsumerGroupDescribeResponse.Assignment Named(
        ImmutableSortedSet<AssignedPartition> partitions, Call call, World world) => new()
        {
            TopicPartitions =
            [
                .. partitions.GroupBy(partition => partition.Topic)
                    .Select(topic => (topic, world.Metadata.FindTopic(topic.Key, call.Life.Applied)))
                    .Where(each => each.Item2 is not null)
                    .Select(each => new ConsumerGroupDescribeResponse.AssignedTopic
                    {
                        TopicId = each.topic.Key,
                        TopicName = each.Item2!.Name,
                        Partitions = [.. each.topic.Select(partition => partition.Index)],
                    }),
            ],
        };
}
