using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Takes the leader's assignment, and gives each member its part of it.</summary>
internal sealed class SyncGroupHandler : ApiHandler<SyncGroupRequest, SyncGroupResponse>
{
    protected override void Handle(SyncGroupRequest request, Call<SyncGroupResponse> call, World world)
    {
        var (error, shard) = world.Groups.Find(call, request.GroupId);
        if (request.GroupId.Length == 0)
        {
            call.Answer(new SyncGroupResponse { ErrorCode = ErrorCode.InvalidGroupId });
        }
        else if (shard?.Find(request.GroupId) is ClassicGroup group)
        {
            group.Sync(request, call.Answer);
        }
        else
        {
            call.Answer(new SyncGroupResponse { ErrorCode = shard is null ? error : ErrorCode.UnknownMemberId });
        }
    }
}
