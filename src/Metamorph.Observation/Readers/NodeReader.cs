using System.Collections.Immutable;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;
using Metamorph.Releases;

namespace Metamorph.Observation;

/// <summary>What one listener of one node says of itself, read anew: finalized features change under an open connection.</summary>
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
        var request = new ApiVersionsRequest { ClientSoftwareName = "metamorph", ClientSoftwareVersion = "0.1" };
        var connection = await client.ConnectAsync(endpoint, cancellationToken);
        var response = await connection.SendAsync(request, cancellationToken);
        Reading.Require(response.ErrorCode, $"asking {endpoint} for its API versions");

        var apis = response.ApiKeys.ToDictionary(api => (short)api.ApiKey, api => (api.MinVersion, api.MaxVersion));
        var supported = response.SupportedFeatures.ToImmutableSortedDictionary(
            feature => feature.Name, feature => new FeatureRange(feature.MinVersion, feature.MaxVersion));
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
                response.FinalizedFeatures.ToImmutableSortedDictionary(feature => feature.Name, feature => feature.MaxVersionLevel));
}
