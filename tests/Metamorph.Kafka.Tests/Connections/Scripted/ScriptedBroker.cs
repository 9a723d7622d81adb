using System.Collections.Concurrent;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Tests;

/// <summary>A broker that has the APIs a test gave it, and answers each as the test says.</summary>
/// <remarks>A null answer closes the connection.</remarks>
internal sealed class ScriptedBroker
{
    private readonly Dictionary<ApiKey, (short Max, Func<ScriptedPeer, Asked, Task<bool>> Answer)> apis = [];

    public ScriptedBroker() => On<ApiVersionsRequest, ApiVersionsResponse>(_ => Versions());

    /// <summary>What it was asked, ApiVersions left out.</summary>
    public ConcurrentQueue<Asked> Asked { get; } = new();

    public short MetadataVersionMax { get; init; } = 25;

    public ScriptedBroker On<TRequest, TResponse>(Func<TRequest, TResponse?> answer, short? max = null)
        where TRequest : class, IKafkaRequest<TRequest, TResponse>
        where TResponse : class, IKafkaResponse<TResponse>
    {
        apis[TResponse.Key] = (max ?? TResponse.Versions.Max, async (peer, asked) =>
        {
            if (answer((TRequest)asked.Request) is not { } response)
            {
                return false;
            }

            await peer.AnswerAsync(asked, response);
            return true;
        });
        return this;
    }

    public async Task ServeAsync(ScriptedPeer peer)
    {
        try
        {
            while (await peer.ReceiveAsync() is { } asked)
            {
                if (asked.Api != ApiKey.ApiVersions)
                {
                    Asked.Enqueue(asked);
                }

                if (!await apis[asked.Api].Answer(peer, asked))
                {
                    return;
                }
            }
        }
        finally
        {
            peer.Dispose();
        }
    }

    private ApiVersionsResponse Versions() => new()
    {
        ApiKeys =
        [
            .. apis.Select(api => new ApiVersionsResponse.ApiVersion { ApiKey = api.Key, MaxVersion = api.Value.Max }),
        ],
        SupportedFeatures = [new() { Name = "metadata.version", MinVersion = 1, MaxVersion = MetadataVersionMax }],
        FinalizedFeaturesEpoch = 7,
        FinalizedFeatures =
        [
            new()
            {
                Name = "metadata.version",
                MaxVersionLevel = MetadataVersionMax,
                MinVersionLevel = MetadataVersionMax,
            },
        ],
    };
}
