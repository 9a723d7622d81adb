using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Hands each request to the handler of its API, if the asked node speaks that version.</summary>
internal static class Requests
{
    /// <summary>
    /// An API or version that is not advertised has no answer: the connection ends, as Kafka ends it. Only ApiVersions
    /// is answered in version 0, with the versions that there are (KIP-511).
    /// </summary>
    public static void Take(World world, ClientConnection connection, Input.Asked asked)
    {
        if (!connection.IsOpen || connection.Node.Life is not { } life)
        {
            return;
        }

        var key = (ApiKey)asked.Header.RequestApiKey;
        var facts = new RequestFacts(
            asked.Header.RequestApiVersion, asked.Header.CorrelationId, asked.Header.ClientId);
        var isSpoken = Advertisement.Accepts(world, life, connection.Kind, key, facts.Version);
        if (isSpoken && asked.Body is { } body)
        {
            world.Handlers[key].Handle(world, connection, facts, body);
        }
        else if (key == ApiKey.ApiVersions && !isSpoken)
        {
            ApiVersionsHandler.AnswerUnknownVersion(world, connection, facts);
        }
        else
        {
            world.Say($"node {connection.Node.Id} closes a connection that asked for {key} v{facts.Version}");
            world.Connections.End(connection);
        }
    }
}
