using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Lets members leave a group: oneself, or from version 3 on a list of them.</summary>
internal sealed class LeaveGroupHandler : ApiHandler<LeaveGroupRequest, LeaveGroupResponse>
{
    private const short FirstWithMembers = 3;

    protected override void Handle(LeaveGroupRequest request, Call<LeaveGroupResponse> call, World world)
    {
        var (error, shard) = world.Groups.Find(call, request.GroupId);
        if (request.GroupId.Length == 0 || shard is null)
        {
            call.Answer(new LeaveGroupResponse
            {
                ErrorCode = request.GroupId.Length == 0 ? ErrorCode.InvalidGroupId : error,
            });
        }
        else if (call.Version < FirstWithMembers)
        {
            call.Answer(new LeaveGroupResponse
            {
                ErrorCode = Remove(shard, request.GroupId, request.MemberId, instanceId: null),
            });
        }
        else
        {
            call.Answer(new LeaveGroupResponse
            {
                Members =
                [
                    .. request.Members.Select(member => new LeaveGroupResponse.MemberResponse
                    {
                        MemberId = member.MemberId,
                        GroupInstanceId = member.GroupInstanceId,
                        ErrorCode = Remove(shard, request.GroupId, member.MemberId, member.GroupInstanceId),
                    }),
                ],
            });
        }
    }

    private static ErrorCode Remove(GroupShard shard, string group, string memberId, string? instanceId) =>
        shard.Find(group) switch
    {
        ClassicGroup classic => classic.Remove(memberId, instanceId),
        ConsumerGroup consumer => consumer.RemoveByAdmin(memberId, instanceId),
        _ => ErrorCode.UnknownMemberId,
    };
}
