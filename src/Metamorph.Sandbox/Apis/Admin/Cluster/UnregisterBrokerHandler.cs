using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Forgets a broker, alive or not (API key 64).</summary>
internal sealed class UnregisterBrokerHandler : ApiHandler<UnregisterBrokerRequest, UnregisterBrokerResponse>
{
    protected override void Handle(UnregisterBrokerRequest request, Call<UnregisterBrokerResponse> call, World world) =>
        world.Controller.Decide(
            call,
            () => new() { ErrorCode = world.Controller.Brokers.Unregister(request.BrokerId) },
            error => new() { ErrorCode = error, ErrorMessage = ApiError.Of(error).Message });
}
