using System.Collections.Concurrent;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>
/// What one listener of one node says of itself, read anew: finalized features change under an open connection.
/// </summary>
/// <param name="Answer">The node's own part of the snapshot.</param>
/// <param name="Finalized">The finalized features as this node knows them; null where it does not tell any.</param>
/// <param name="IsZooKeeperMode">It advertises the inter-broker APIs of ZooKeeper mode.</param>
internal sealed record ListenerAnswer(NodeAnswer Answer, FinalizedFeatures? Finalized, bool IsZooKeeperMode);

/// <summary>Asks a listener for its API versions and features.</summary>
internal sealed class NodeReader(KafkaClient client)
{
    /// <summary>Why nothing is known of a node that a look left out.</summary>
    public const string NotAsked = "it was not asked";

    /// <summary>What each listener told last: while it tells the same, nothing has to be made out of it anew.</summary>
    private readonly ConcurrentDictionary<Endpoint, ToldVersions> toldBefore = new();

    /// <exception cref="Kafka.Errors.KafkaException">It did not answer.</exception>
    public async Task<ListenerAnswer> ReadAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        var connection = await client.ConnectAsync(endpoint, cancellationToken);
        var response = await connection.SendAsync(ClientSoftware.AskForVersions(), cancellationToken);
        Reading.Require(response.ErrorCode, $"asking {endpoint} for its API versions");

        var told = toldBefore.TryGetValue(endpoint, out var before) && before.IsSameAs(response)
            ? before
            : toldBefore[endpoint] = ToldVersions.Of(response);
        return new ListenerAnswer(told.Answer, FinalizedOf(response), told.IsZooKeeperMode);
    }

    private static FinalizedFeatures? FinalizedOf(ApiVersionsResponse response) =>
        response.FinalizedFeaturesEpoch < 0
            ? null
            : new FinalizedFeatures(
                response.FinalizedFeaturesEpoch,
                Reading.ByName(
                    response.FinalizedFeatures, feature => feature.Name, feature => feature.MaxVersionLevel));
}
