using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Keeps a member of a classic group in it, and tells it of a rebalance.</summary>
internal sealed class HeartbeatHandler : ApiHandler<HeartbeatRequest, HeartbeatResponse>
{
    protected override void Handle(HeartbeatRequest request, Call<HeartbeatResponse> call, World world)
    {
        var (error, shard) = world.Groups.Find(call, request.GroupId);
        call.Answer(new HeartbeatResponse { ErrorCode = Judge(request, error, shard) });
    }

    private static ErrorCode Judge(HeartbeatRequest request, ErrorCode error, GroupShard? shard)
    {
        if (request.GroupId.Length == 0)
        {
            return ErrorCode.InvalidGroupId;
        }

        // Kafka lets members live on while the coordinator reads its log.
        return error == ErrorCode.CoordinatorLoadInProgress ? ErrorCode.None
            : shard is null ? error
            : shard.Find(request.GroupId) is ClassicGroup group
                ? group.Heartbeat(request.MemberId, request.GroupInstanceId, request.GenerationId)
                : ErrorCode.UnknownMemberId;
    }
}
