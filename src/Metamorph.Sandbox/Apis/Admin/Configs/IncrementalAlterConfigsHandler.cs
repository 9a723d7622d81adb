using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Changes some configs and leaves others (KIP-339; API key 44).</summary>
internal sealed class IncrementalAlterConfigsHandler : ApiHandler<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>
{
    protected override void Handle(
        IncrementalAlterConfigsRequest request, Call<IncrementalAlterConfigsResponse> call, World world)
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

    private static ConfigChange ChangeOf(IncrementalAlterConfigsRequest.Resource resource, bool validateOnly) => new(
        new((ConfigOwner)resource.ResourceType, resource.ResourceName),
        [.. resource.Configs.Select(config => new ConfigOp(config.Name, (ConfigOpKind)config.ConfigOperation, config.Value))],
        IsIncremental: true,
        validateOnly);

    private static IncrementalAlterConfigsResponse Answer(ConfigChanges changes) => new()
    {
        Responses =
        [
            .. changes.Results.Select(result => new IncrementalAlterConfigsResponse.ResourceResponse
            {
                ErrorCode = result.Error.Code,
                ErrorMessage = result.Error.Message,
                ResourceType = (sbyte)result.Target.Owner,
                ResourceName = result.Target.Name,
            }),
        ],
    };
}
