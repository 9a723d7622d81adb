using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Lists the groups that the asked broker coordinates, by state and type where that is asked for.</summary>
internal sealed class ListGroupsHandler : ApiHandler<ListGroupsRequest, ListGroupsResponse>
{
    protected override void Handle(ListGroupsRequest request, Call<ListGroupsResponse> call, World world)
    {
        var shards = world.Groups.Of(call).ToList();
        var isLoading = shards.Exists(each => each.Error == ErrorCode.CoordinatorLoadInProgress);
        call.Answer(new ListGroupsResponse
        {
            ErrorCode = isLoading ? ErrorCode.CoordinatorLoadInProgress : ErrorCode.None,
            Groups =
            [
                .. shards.Where(each => each.Shard is not null)
                    .SelectMany(each => each.Shard!.Groups.Values)
                    .Where(group => IsAskedFor(group.StateName, request.StatesFilter)
                        && IsAskedFor(group.TypeName, request.TypesFilter))
                    .Select(group => new ListGroupsResponse.Group
                    {
                        GroupId = group.Id,
                        ProtocolType = group.ProtocolType,
                        GroupState = group.StateName,
                        GroupType = group.TypeName,
                    }),
            ],
        });
    }

    private static bool IsAskedFor(string value, string[] filter) =>
        filter.Length == 0 || filter.Contains(value, StringComparer.OrdinalIgnoreCase);
}
