using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Changes client quotas (KIP-546; API key 49).</summary>
internal sealed class AlterClientQuotasHandler : ApiHandler<AlterClientQuotasRequest, AlterClientQuotasResponse>
{
    protected override void Handle(AlterClientQuotasRequest request, Call<AlterClientQuotasResponse> call, World world) =>
        world.Controller.Decide(
            call,
            () => new()
            {
                Entries = [.. request.Entries.Select(entry => Result(entry, Alter(entry, request.ValidateOnly, world)))],
            },
            error => new() { Entries = [.. request.Entries.Select(entry => Result(entry, ApiError.Of(error)))] });

    private static ApiError Alter(AlterClientQuotasRequest.Entry entry, bool validateOnly, World world) =>
        world.Controller.Quotas.Alter(
            new QuotaEntity([.. entry.Entity.Select(part => (part.EntityType, part.EntityName))]),
            [.. entry.Ops.Select(op => (op.Key, op.Remove ? (double?)null : op.Value))],
            validateOnly);

    private static AlterClientQuotasResponse.Entry Result(AlterClientQuotasRequest.Entry entry, ApiError error) => new()
    {
        ErrorCode = error.Code,
        ErrorMessage = error.Message,
        Entity =
        [
            .. entry.Entity.Select(part => new AlterClientQuotasResponse.EntityPart
            {
                EntityType = part.EntityType, EntityName = part.EntityName,
            }),
        ],
    };
}
