using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>One API, as a node serves it. An API without a handler is not advertised.</summary>
internal interface IApiHandler
{
    ApiKey Key { get; }

    /// <summary>Takes one request of a version that the node advertises.</summary>
    void Handle(World world, ClientConnection connection, RequestFacts facts, IKafkaMessage request);
}

/// <summary>What the header of a request told.</summary>
internal readonly record struct RequestFacts(short Version, int CorrelationId, string? ClientId);

/// <summary>A handler, typed: derive, and answer the call now or later.</summary>
internal abstract class ApiHandler<TRequest, TResponse> : IApiHandler
    where TRequest : IKafkaRequest<TRequest, TResponse>
    where TResponse : IKafkaResponse<TResponse>
{
    public ApiKey Key => TRequest.Key;

    public void Handle(World world, ClientConnection connection, RequestFacts facts, IKafkaMessage request) =>
        Handle((TRequest)request, new Call<TResponse>(world, connection, facts.Version, facts.CorrelationId, facts.ClientId), world);

    /// <summary>Takes the request; everything of the asked node is in <paramref name="call"/>.</summary>
    protected abstract void Handle(TRequest request, Call<TResponse> call, World world);
}
