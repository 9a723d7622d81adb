using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>Finalizes features (KIP-584; API key 57). How it is answered is up to the active controller's release.</summary>
internal sealed class UpdateFeaturesHandler : ApiHandler<UpdateFeaturesRequest, UpdateFeaturesResponse>
{
    private const short FirstWithoutResults = 2;

    private static readonly ReleaseLine FirstAllOrNothing = new(4, 0);

    protected override void Handle(UpdateFeaturesRequest request, Call<UpdateFeaturesResponse> call, World world) =>
        world.Controller.Decide(
            call,
            () => world.Quorum.Profile!.Line >= FirstAllOrNothing ? All(request, call.Version, world) : Each(request, world),
            error => new() { ErrorCode = error, ErrorMessage = ApiError.Of(error).Message });

    private static UpdateFeaturesResponse Each(UpdateFeaturesRequest request, World world) => new()
    {
        Results =
        [
            .. world.Controller.Features.UpdateEach(WishesOf(request), request.ValidateOnly)
                .Select(result => Result(result.Key, result.Value)),
        ],
    };

    private static UpdateFeaturesResponse All(UpdateFeaturesRequest request, short version, World world)
    {
        var error = world.Controller.Features.UpdateAll(WishesOf(request), request.ValidateOnly);
        if (error.IsFailure)
        {
            return new()
            {
                ErrorCode = error.Code,
                ErrorMessage = $"The update failed for all features since the following feature had an error: {error.Message}",
            };
        }

        return new()
        {
            ErrorMessage = null,
            Results = version < FirstWithoutResults
                ? [.. request.FeatureUpdates.Select(update => Result(update.Feature, new(ErrorCode.None, "NONE")))]
                : [],
        };
    }

    private static Dictionary<string, FeatureWish> WishesOf(UpdateFeaturesRequest request)
    {
        var wishes = new Dictionary<string, FeatureWish>(StringComparer.Ordinal);
        foreach (var update in request.FeatureUpdates)
        {
            // Version 0 has no type, and its flag is read by no controller of KRaft.
            wishes[update.Feature] = new(update.MaxVersionLevel, update.UpgradeType);
        }

        return wishes;
    }

    private static UpdateFeaturesResponse.FeatureResult Result(string feature, ApiError error) =>
        new() { Feature = feature, ErrorCode = error.Code, ErrorMessage = error.Message };
}
