using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Joins a classic group; the answer comes when its next generation begins.</summary>
internal sealed class JoinGroupHandler : ApiHandler<JoinGroupRequest, JoinGroupResponse>
{
    protected override void Handle(JoinGroupRequest request, Call<JoinGroupResponse> call, World world)
    {
        var wish = new JoinWish(request, call);
        var (error, shard) = world.Groups.Find(call, request.GroupId);
        if (request.GroupId.Length == 0)
        {
            wish.Refuse(ErrorCode.InvalidGroupId);
        }
        else if (shard is null)
        {
            wish.Refuse(error);
        }
        else if (wish.Session < shard.Settings.MinSession || wish.Session > shard.Settings.MaxSession)
        {
            wish.Refuse(ErrorCode.InvalidSessionTimeout);
        }
        else if (shard.Find(request.GroupId) is null && request.MemberId.Length > 0)
        {
            wish.Refuse(ErrorCode.UnknownMemberId);
        }
        else if (shard.ClassicFor(request.GroupId) is { } group)
        {
            group.Join(wish);
        }
        else
        {
            wish.Refuse(ErrorCode.InconsistentGroupProtocol);
        }
    }
}
