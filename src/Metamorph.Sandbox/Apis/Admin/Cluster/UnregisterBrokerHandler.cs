using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>Forgets a broker, alive or not (API key 64).</summary>
internal sealed class UnregisterBrokerHandler : ApiHandler<UnregisterBrokerRequest, UnregisterBrokerResponse>
{
    private static readonly ReleaseLine FirstWithMessage = new(4, 0);

    protected override void Handle(UnregisterBrokerRequest request, Call<UnregisterBrokerResponse> call, World world) =>
        world.Controller.Decide(
            call,
            () => AnswerOf(world.Controller.Brokers.Unregister(request.BrokerId), request.BrokerId, world),
            error => new() { ErrorCode = error, ErrorMessage = ApiError.Of(error).Message });

    private static UnregisterBrokerResponse AnswerOf(ErrorCode error, int broker, World world) => new()
    {
        ErrorCode = error,
        ErrorMessage = error == ErrorCode.BrokerIdNotRegistered && world.Quorum.Profile!.Line >= FirstWithMessage
            ? $"Broker ID {broker} is not currently registered"
            : null,
    };
}
