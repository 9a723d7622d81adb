using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Delegation tokens (API key 41): whoever comes over a listener without authentication may not ask for any.</summary>
internal sealed class DescribeDelegationTokenHandler : ApiHandler<DescribeDelegationTokenRequest, DescribeDelegationTokenResponse>
{
    // KafkaApis.allowTokenRequests is asked before delegation.token.secret.key is looked at.
    protected override void Handle(
        DescribeDelegationTokenRequest request, Call<DescribeDelegationTokenResponse> call, World world) =>
        call.Answer(new() { ErrorCode = ErrorCode.DelegationTokenRequestNotAllowed });
}
