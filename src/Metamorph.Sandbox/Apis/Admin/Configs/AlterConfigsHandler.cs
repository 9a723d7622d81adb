using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Puts configs in the place of all that a resource has (KIP-133; API key 33).</summary>
internal sealed class AlterConfigsHandler : ApiHandler<AlterConfigsRequest, AlterConfigsResponse>
{
    protected override void Handle(AlterConfigsRequest request, Call<AlterConfigsResponse> call, World world)
    {
        var changes = new ConfigChanges(
            world, call, [.. request.Resources.Select(resource => ChangeOf(resource, request.ValidateOnly))]);
        if (changes.IsDone)
        {
            call.Answer(Answer(changes));
            return;
        }

        world.Controller.Decide(
            call,
            () =>
            {
                changes.Decide(world);
                return Answer(changes);
            },
            error =>
            {
                changes.Fail(error);
                return Answer(changes);
            });
    }

    private static ConfigChange ChangeOf(AlterConfigsRequest.Resource resource, bool validateOnly) => new(
        new((ConfigOwner)resource.ResourceType, resource.ResourceName),
        [.. resource.Configs.Select(config => new ConfigOp(config.Name, ConfigOpKind.Set, config.Value))],
        IsIncremental: false,
        validateOnly);

    private static AlterConfigsResponse Answer(ConfigChanges changes) => new()
    {
        Responses =
        [
            .. changes.Results.Select(result => new AlterConfigsResponse.ResourceResponse
            {
                ErrorCode = result.Error.Code,
                ErrorMessage = result.Error.Message,
                ResourceType = (sbyte)result.Target.Owner,
                ResourceName = result.Target.Name,
            }),
        ],
    };
}
