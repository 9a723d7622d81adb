using System.Collections.Immutable;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>Tells which APIs and features a node has (KIP-35, KIP-511, KIP-584).</summary>
internal sealed class ApiVersionsHandler : ApiHandler<ApiVersionsRequest, ApiVersionsResponse>
{
    private readonly Dictionary<(ReleaseLine Node, ListenerKind Kind, ReleaseLine? Controller), ApiVersionsResponse.ApiVersion[]> apis = [];
    private readonly Dictionary<(ReleaseLine Node, short Version), ApiVersionsResponse.SupportedFeatureKey[]> supported = [];
    private (ImmutableSortedDictionary<string, short>? Levels, ApiVersionsResponse.FinalizedFeatureKey[] Told) finalized = (null, []);

    /// <summary>Answers in version 0, with the versions of ApiVersions itself.</summary>
    public static void AnswerUnknownVersion(World world, ClientConnection connection, RequestFacts facts)
    {
        var call = new Call<ApiVersionsResponse>(world, connection, facts.Version, facts.CorrelationId, facts.ClientId);
        var range = call.Life.Profile.ServedBy(connection.Kind)[ApiKey.ApiVersions];
        call.AnswerIn(0, new ApiVersionsResponse
        {
            ErrorCode = ErrorCode.UnsupportedVersion,
            ApiKeys = [new() { ApiKey = ApiKey.ApiVersions, MinVersion = range.Min, MaxVersion = range.Max }],
        });
    }

    protected override void Handle(ApiVersionsRequest request, Call<ApiVersionsResponse> call, World world)
    {
        var applied = call.Node.IsBroker ? call.Life.Applied : world.Metadata.End;
        call.Answer(new ApiVersionsResponse
        {
            ApiKeys = ApisOf(call, world),
            SupportedFeatures = SupportedBy(call.Life.Profile, call.Version),
            FinalizedFeaturesEpoch = world.Metadata.FeaturesEpoch.AsOf(applied),
            FinalizedFeatures = Told(world.Metadata.Features.AsOf(applied)),
        });
    }

    /// <summary>The same for every node of a line behind the same active controller, so it is put together once.</summary>
    private ApiVersionsResponse.ApiVersion[] ApisOf(Call call, World world)
    {
        var key = (call.Life.Profile.Line, call.Connection.Kind, world.Quorum.Profile?.Line);
        if (!apis.TryGetValue(key, out var known))
        {
            apis[key] = known =
            [
                .. Advertisement.Of(world, call.Life, call.Connection.Kind).Select(api => new ApiVersionsResponse.ApiVersion
                {
                    ApiKey = api.Key, MinVersion = api.Value.Min, MaxVersion = api.Value.Max,
                }),
            ];
        }

        return known;
    }

    private ApiVersionsResponse.SupportedFeatureKey[] SupportedBy(ReleaseProfile profile, short version)
    {
        if (!supported.TryGetValue((profile.Line, version), out var known))
        {
            supported[(profile.Line, version)] = known =
            [
                .. profile.FeaturesAdvertisedIn(version).Select(feature => new ApiVersionsResponse.SupportedFeatureKey
                {
                    Name = feature.Key, MinVersion = feature.Value.Min, MaxVersion = feature.Value.Max,
                }),
            ];
        }

        return known;
    }

    private ApiVersionsResponse.FinalizedFeatureKey[] Told(ImmutableSortedDictionary<string, short> levels)
    {
        if (!ReferenceEquals(levels, finalized.Levels))
        {
            finalized = (levels,
            [
                .. levels.Select(feature => new ApiVersionsResponse.FinalizedFeatureKey
                {
                    Name = feature.Key, MinVersionLevel = feature.Value, MaxVersionLevel = feature.Value,
                }),
            ]);
        }

        return finalized.Told;
    }
}
