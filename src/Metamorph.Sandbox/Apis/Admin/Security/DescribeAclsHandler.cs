using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>ACLs where no authorizer is configured (<c>AclApis</c>; API key 29): there are none.</summary>
internal sealed class DescribeAclsHandler : ApiHandler<DescribeAclsRequest, DescribeAclsResponse>
{
    protected override void Handle(DescribeAclsRequest request, Call<DescribeAclsResponse> call, World world) =>
        call.Answer(new() { ErrorCode = ErrorCode.SecurityDisabled, ErrorMessage = "No Authorizer is configured on the broker" });
}
