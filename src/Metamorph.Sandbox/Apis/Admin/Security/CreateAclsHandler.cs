using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>API key 30: refused, for there is no authorizer to keep them.</summary>
internal sealed class CreateAclsHandler : ApiHandler<CreateAclsRequest, CreateAclsResponse>
{
    protected override void Handle(CreateAclsRequest request, Call<CreateAclsResponse> call, World world) => call.Answer(new()
    {
        Results =
        [
            .. request.Creations.Select(_ => new CreateAclsResponse.AclCreationResult
            {
                ErrorCode = ErrorCode.SecurityDisabled, ErrorMessage = "No Authorizer is configured.",
            }),
        ],
    });
}
