using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;
using Metamorph.Releases;

namespace Metamorph.Observation;

/// <summary>What follows from the API versions and supported features of one answer.</summary>
internal sealed class ToldVersions
{
    private readonly ApiVersionsResponse told;

    private ToldVersions(ApiVersionsResponse told, NodeAnswer answer, bool isZooKeeperMode) =>
        (this.told, Answer, IsZooKeeperMode) = (told, answer, isZooKeeperMode);

    public NodeAnswer Answer { get; }

    public bool IsZooKeeperMode { get; }

    /// <exception cref="Kafka.Errors.KafkaProtocolException">Something is named twice.</exception>
    public static ToldVersions Of(ApiVersionsResponse response)
    {
        var apis = ApiRanges.Of(response).ToDictionary(api => (short)api.Key, api => (api.Value.Min, api.Value.Max));
        var supported = Reading.ByName(
            response.SupportedFeatures,
            feature => feature.Name,
            feature => new FeatureRange(feature.MinVersion, feature.MaxVersion));
        return new ToldVersions(
            response, new NodeAnswer(Fingerprint.LineOf(apis, supported), supported), Fingerprint.IsZooKeeperMode(apis));
    }

    /// <summary>Whether an answer names the same versions and features.</summary>
    public bool IsSameAs(ApiVersionsResponse response)
    {
        var (apis, features) = (response.ApiKeys, response.SupportedFeatures);
        if (apis.Length != told.ApiKeys.Length || features.Length != told.SupportedFeatures.Length)
        {
            return false;
        }

        for (var index = 0; index < apis.Length; index++)
        {
            var (now, before) = (apis[index], told.ApiKeys[index]);
            if (now.ApiKey != before.ApiKey || now.MinVersion != before.MinVersion || now.MaxVersion != before.MaxVersion)
            {
                return false;
            }
        }

        for (var index = 0; index < features.Length; index++)
        {
            var (now, before) = (features[index], told.SupportedFeatures[index]);
            if (now.Name != before.Name || now.MinVersion != before.MinVersion || now.MaxVersion != before.MaxVersion)
            {
                return false;
            }
        }

        return true;
    }
}
