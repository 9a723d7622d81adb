using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Describes classic groups. Until version 5 a group that does not exist is a dead one (KIP-1043).</summary>
internal sealed class DescribeGroupsHandler : ApiHandler<DescribeGroupsRequest, DescribeGroupsResponse>
{
    private const short FirstWithNotFound = 6;
    private const short FirstWithOperations = 3;
    private const string Dead = "Dead";

    protected override void Handle(DescribeGroupsRequest request, Call<DescribeGroupsResponse> call, World world) =>
        call.Answer(new DescribeGroupsResponse
        {
            Groups = [.. request.Groups.Select(id => Describe(id, request, call, world))],
        });

    private static DescribeGroupsResponse.Group Describe(
        string id, DescribeGroupsRequest request, Call<DescribeGroupsResponse> call, World world)
    {
        var (error, shard) = world.Groups.Find(call, id);
        if (shard is null)
        {
            return new() { GroupId = id, ErrorCode = error };
        }

        var operations = GroupOperations.Of(
            call.Life, request.IncludeAuthorizedOperations && call.Version >= FirstWithOperations);
        if (shard.Find(id) is not ClassicGroup group)
        {
            return call.Version >= FirstWithNotFound
                ? new()
                {
                    GroupId = id, GroupState = Dead, ErrorCode = ErrorCode.GroupIdNotFound,
                    AuthorizedOperations = operations,
                    ErrorMessage = shard.Find(id) is null
                        ? $"Group {id} not found."
                        : $"Group {id} is not a classic group.",
                }
                : new() { GroupId = id, GroupState = Dead, AuthorizedOperations = operations };
        }

        return new()
        {
            GroupId = id,
            GroupState = group.StateName,
            ProtocolType = group.ProtocolType,
            ProtocolData = group.State == ClassicGroupState.Stable ? group.Protocol ?? "" : "",
            Members = [.. group.Members.Select(member => Describe(member, group))],
            AuthorizedOperations = operations,
        };
    }

    private static DescribeGroupsResponse.Member Describe(ClassicMember member, ClassicGroup group)
    {
        var isStable = group.State == ClassicGroupState.Stable;
        return new()
        {
            MemberId = member.Id,
            GroupInstanceId = member.InstanceId,
            ClientId = member.Image.ClientId,
            ClientHost = member.Image.ClientHost,
            MemberMetadata = isStable ? member.MetadataIn(group.Protocol) : ReadOnlyMemory<byte>.Empty,
            MemberAssignment = isStable ? member.Image.Assignment : ReadOnlyMemory<byte>.Empty,
        };
    }
}
