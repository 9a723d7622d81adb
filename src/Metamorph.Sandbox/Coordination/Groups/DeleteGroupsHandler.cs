using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Deletes groups that have no members, with their offsets.</summary>
internal sealed class DeleteGroupsHandler : ApiHandler<DeleteGroupsRequest, DeleteGroupsResponse>
{
    protected override void Handle(DeleteGroupsRequest request, Call<DeleteGroupsResponse> call, World world)
    {
        var results = new ErrorCode[request.GroupsNames.Length];
        var missing = results.Length;
        for (var place = 0; place < results.Length; place++)
        {
            var mine = place;
            Delete(request.GroupsNames[place], call, world, error =>
            {
                results[mine] = error;
                if (--missing == 0)
                {
                    Answer(request, call, results);
                }
            });
        }

        if (results.Length == 0)
        {
            Answer(request, call, results);
        }
    }

    private static void Delete(string id, Call call, World world, Action<ErrorCode> whenDone)
    {
        var (error, shard) = world.Groups.Find(call, id);
        if (shard?.Find(id) is not { } group)
        {
            whenDone(shard is null ? error : ErrorCode.GroupIdNotFound);
        }
        else if (!group.IsEmpty)
        {
            whenDone(ErrorCode.NonEmptyGroup);
        }
        else
        {
            shard.Delete(group, whenDone);
        }
    }

    private static void Answer(DeleteGroupsRequest request, Call<DeleteGroupsResponse> call, ErrorCode[] results) =>
        call.Answer(new DeleteGroupsResponse
        {
            Results =
            [
                .. request.GroupsNames.Zip(results, (id, error) => new DeleteGroupsResponse.GroupResult
                {
                    GroupId = id,
                    ErrorCode = error,
                }),
            ],
        });
}
