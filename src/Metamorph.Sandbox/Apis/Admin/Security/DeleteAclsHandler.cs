using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>API key 31: refused, for there is no authorizer that has any.</summary>
internal sealed class DeleteAclsHandler : ApiHandler<DeleteAclsRequest, DeleteAclsResponse>
{
    protected override void Handle(DeleteAclsRequest request, Call<DeleteAclsResponse> call, World world) => call.Answer(new()
    {
        FilterResults =
        [
            .. request.Filters.Select(_ => new DeleteAclsResponse.FilterResult
            {
                ErrorCode = ErrorCode.SecurityDisabled, ErrorMessage = "No Authorizer is configured.",
            }),
        ],
    });
}
