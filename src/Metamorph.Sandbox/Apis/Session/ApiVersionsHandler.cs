using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Tells which APIs and features a node has (KIP-35, KIP-511, KIP-584).</summary>
internal sealed class ApiVersionsHandler : ApiHandler<ApiVersionsRequest, ApiVersionsResponse>
{
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
        if (call.Version >= 3)
        {
            call.Connection.ClientSoftware = $"{request.ClientSoftwareName} {request.ClientSoftwareVersion}";
        }

        var applied = call.Node.IsBroker ? call.Life.Applied : world.Metadata.End;
        call.Answer(new ApiVersionsResponse
        {
            ApiKeys =
            [
                .. Advertisement.Of(world, call.Life, call.Connection.Kind).Select(api => new ApiVersionsResponse.ApiVersion
                {
                    ApiKey = api.Key, MinVersion = api.Value.Min, MaxVersion = api.Value.Max,
                }),
            ],
            SupportedFeatures =
            [
                .. call.Life.Profile.FeaturesAdvertisedIn(call.Version).Select(feature => new ApiVersionsResponse.SupportedFeatureKey
                {
                    Name = feature.Key, MinVersion = feature.Value.Min, MaxVersion = feature.Value.Max,
                }),
            ],
            FinalizedFeaturesEpoch = world.Metadata.FeaturesEpoch.AsOf(applied),
            FinalizedFeatures =
            [
                .. world.Metadata.Features.AsOf(applied).Select(feature => new ApiVersionsResponse.FinalizedFeatureKey
                {
                    Name = feature.Key, MinVersionLevel = feature.Value, MaxVersionLevel = feature.Value,
                }),
            ],
        });
    }
}
