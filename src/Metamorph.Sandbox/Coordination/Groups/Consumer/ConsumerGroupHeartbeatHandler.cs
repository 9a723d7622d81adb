using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Joins, keeps and leaves groups of KIP-848.</summary>
internal sealed class ConsumerGroupHeartbeatHandler
    : ApiHandler<ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse>
{
    private const short FirstWithOwnMemberId = 1;

    protected override void Handle(
        ConsumerGroupHeartbeatRequest request, Call<ConsumerGroupHeartbeatResponse> call, World world)
    {
        if (!MetadataRules.HasConsumerGroupProtocol(world.Metadata.Features.AsOf(call.Life.Applied)))
        {
            Refuse(call, ErrorCode.UnsupportedVersion, "The consumer group protocol is not enabled.");
            return;
        }

        if (Fault(request, call.Version) is { } fault)
        {
            Refuse(call, fault.Error, fault.Why);
            return;
        }

        var (error, shard) = world.Groups.Find(call, request.GroupId);
        if (shard is null)
        {
            Refuse(call, error, null);
        }
        else if (Group(shard, request) is { } group)
        {
            group.Heartbeat(request, call);
        }
        else
        {
            Refuse(call, ErrorCode.GroupIdNotFound, $"Group {request.GroupId} is not a consumer group.");
        }
    }

    /// <summary>Only who joins makes the group.</summary>
    private static ConsumerGroup? Group(GroupShard shard, ConsumerGroupHeartbeatRequest request) =>
        request.MemberEpoch == 0
        ? shard.ConsumerFor(request.GroupId)
        : shard.Find(request.GroupId) as ConsumerGroup;

    private static void Refuse(Call<ConsumerGroupHeartbeatResponse> call, ErrorCode error, string? why) =>
        call.Answer(new ConsumerGroupHeartbeatResponse { ErrorCode = error, ErrorMessage = why });

    private static (ErrorCode Error, string Why)? Fault(ConsumerGroupHeartbeatRequest request, short version)
    {
        if (request.GroupId.Length == 0)
        {
            return (ErrorCode.InvalidRequest, "GroupId can't be empty.");
        }

        if (request.MemberId.Length == 0 && (version >= FirstWithOwnMemberId || request.MemberEpoch != 0))
        {
            return (ErrorCode.InvalidRequest, "MemberId can't be empty.");
        }

        if (request.InstanceId?.Length == 0 || request.RackId?.Length == 0)
        {
            return (ErrorCode.InvalidRequest, "InstanceId and RackId can't be empty.");
        }

        if (request.ServerAssignor is { } assignor && !ServerAssignors.IsKnown(assignor))
        {
            return (ErrorCode.UnsupportedAssignor, $"ServerAssignor {assignor} is not supported.");
        }

        if (!TopicPattern.IsValid(request.SubscribedTopicRegex))
        {
            return (ErrorCode.InvalidRegularExpression,
            $"SubscribedTopicRegex {request.SubscribedTopicRegex} is not valid.");
        }

        return FaultOfEpoch(request);
    }

    private static (ErrorCode Error, string Why)? FaultOfEpoch(ConsumerGroupHeartbeatRequest request) =>
        request.MemberEpoch switch
    {
        0 when request.RebalanceTimeoutMs == -1 =>
            (ErrorCode.InvalidRequest, "RebalanceTimeoutMs must be provided in first request."),
        0 when request.TopicPartitions is not { Length: 0 } =>
            (ErrorCode.InvalidRequest, "TopicPartitions must be empty when (re-)joining."),
        0 when request.SubscribedTopicNames is null && request.SubscribedTopicRegex is null =>
            (ErrorCode.InvalidRequest,
                "Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining."),
        ConsumerMember.LeftForAWhile when request.InstanceId is null =>
            (ErrorCode.InvalidRequest, "InstanceId can't be null."),
        < ConsumerMember.LeftForAWhile => (ErrorCode.InvalidRequest,
            $"MemberEpoch is {request.MemberEpoch}, but must be greater than or equal to -2."),
        _ => null,
    };
}
