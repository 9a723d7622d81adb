using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;
using Metamorph.Releases;

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
    /// <exception cref="Kafka.Errors.KafkaException">It did not answer.</exception>
    public async Task<ListenerAnswer> ReadAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        var connection = await client.ConnectAsync(endpoint, cancellationToken);
        var response = await connection.SendAsync(ClientSoftware.AskForVersions(), cancellationToken);
        Reading.Require(response.ErrorCode, $"asking {endpoint} for its API versions");

        var apis = ApiRanges.Of(response).ToDictionary(api => (short)api.Key, api => (api.Value.Min, api.Value.Max));
        var supported = Reading.ByName(
            response.SupportedFeatures,
            feature => feature.Name,
            feature => new FeatureRange(feature.MinVersion, feature.MaxVersion));
        return new ListenerAnswer(
            new NodeAnswer(Fingerprint.LineOf(apis, supported), supported),
            FinalizedOf(response),
            Fingerprint.IsZooKeeperMode(apis));
    }

    private static FinalizedFeatures? FinalizedOf(ApiVersionsResponse response) =>
        response.FinalizedFeaturesEpoch < 0
            ? null
            : new FinalizedFeatures(
                response.FinalizedFeaturesEpoch,
                Reading.ByName(
                    response.FinalizedFeatures, feature => feature.Name, feature => feature.MaxVersionLevel));
}
