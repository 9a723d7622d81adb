using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Kafka.Connections;

/// <summary>The version ranges of an ApiVersions answer, by API.</summary>
public static class ApiRanges
{
    /// <exception cref="KafkaProtocolException">An API is named twice: nobody can say which range holds.</exception>
    public static Dictionary<ApiKey, VersionRange> Of(ApiVersionsResponse answer)
    {
        var ranges = new Dictionary<ApiKey, VersionRange>(answer.ApiKeys.Length);
        foreach (var api in answer.ApiKeys)
        {
            if (!ranges.TryAdd(api.ApiKey, new VersionRange(api.MinVersion, api.MaxVersion)))
            {
                throw new KafkaProtocolException($"ApiVersions names {api.ApiKey} twice");
            }
        }

        return ranges;
    }
}
