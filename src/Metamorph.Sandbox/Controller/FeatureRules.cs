using Metamorph.Kafka.Protocol;
using Metamorph.Model;
using Metamorph.Releases;

namespace Metamorph.Sandbox;

/// <summary>What the active controller lets be finalized, with the words of its own release.</summary>
internal sealed class FeatureRules(World world)
{
    private const short MinimumOf3 = 4;

    private static readonly ReleaseLine V37 = new(3, 7);
    private static readonly ReleaseLine V40 = new(4, 0);
    private static readonly ReleaseLine V41 = new(4, 1);
    private static readonly FeatureRange Disabled = new(0, 0);

    private ReleaseLine Line => world.Quorum.Profile!.Line;

    private int LeaderId => world.Quorum.Leader!.Id.Value;

    /// <summary>Judges one wish of a request.</summary>
    /// <param name="feature">Whose level it is.</param>
    /// <param name="wish">The level, and which way it may go.</param>
    /// <param name="all">All wishes of the request: a feature may depend on another that comes with it.</param>
    public ApiError Judge(string feature, FeatureWish wish, IReadOnlyDictionary<string, FeatureWish> all)
    {
        var why = WhyNot(feature, wish);
        if (why is not null)
        {
            return Invalid(feature, wish, why);
        }

        if (feature == KafkaFeatures.MetadataVersion)
        {
            return JudgeMetadataVersion(wish);
        }

        why = feature == KafkaFeatures.KRaftVersion && Line >= V41 ? WhyNotKRaft(wish) : WhyNotAlone(feature, wish, all);
        return why is null ? ApiError.None : Invalid(feature, wish, why);
    }

    private string? WhyNot(string feature, FeatureWish wish)
    {
        if (!wish.IsKnownType)
        {
            return "The controller does not support the given upgrade type.";
        }

        if (wish.Level < 0)
        {
            return "A feature version cannot be less than 0.";
        }

        if (WhyUnsupported(feature, wish.Level) is { } unsupported)
        {
            return unsupported;
        }

        var current = world.Metadata.Features.Now.GetValueOrDefault(feature);
        return wish.Level < current && wish.IsUpgrade
            ? "Can't downgrade the version of this feature without setting the upgrade type to either safe or unsafe downgrade."
            : wish.Level > current && !wish.IsUpgrade ? "Can't downgrade to a newer version." : null;
    }

    private string? WhyUnsupported(string feature, short level)
    {
        var here = world.Quorum.Profile!.SupportedFeatures.GetValueOrDefault(feature, Disabled);
        if (WhyOutside($"Local controller {LeaderId}", here, level) is { } local)
        {
            return local;
        }

        return Line < V37
            ? WhyOtherControllerOutside(feature, level) ?? WhyBrokerOutsideIn36(feature, level)
            : WhyBrokerOutside(feature, level) ?? WhyRegisteredControllerOutside(feature, level);
    }

    private string? WhyBrokerOutside(string feature, short level) => world.Metadata.Brokers.Now.Values
        .OrderBy(broker => JavaHash.Slot(broker.Id))
        .Select(broker => WhyOutside($"Broker {broker.Id}", broker.Features.GetValueOrDefault(feature, Disabled), level))
        .FirstOrDefault(why => why is not null);

    private string? WhyBrokerOutsideIn36(string feature, short level)
    {
        foreach (var broker in world.Metadata.Brokers.Now.Values.OrderBy(broker => JavaHash.Slot(broker.Id)))
        {
            if (!broker.Features.TryGetValue(feature, out var range))
            {
                return $"Broker {broker.Id} does not support this feature.";
            }

            if (!range.Contains(level))
            {
                return $"Broker {broker.Id} does not support the given version. It supports {range.Min} to {range.Max}.";
            }
        }

        return null;
    }

    /// <summary>Before 3.7 the voters' ApiVersions answers counted, which the active controller remembers of the dead too.</summary>
    private string? WhyOtherControllerOutside(string feature, short level) => world.Nodes.Voters
        .Where(voter => voter.Id.Value != LeaderId)
        .Select(voter => WhyOutside(
            $"Controller {voter.Id}",
            (voter.Life?.Profile ?? ReleaseProfile.Of(voter.Installed)).SupportedFeatures.GetValueOrDefault(feature, Disabled),
            level))
        .FirstOrDefault(why => why is not null);

    private string? WhyRegisteredControllerOutside(string feature, short level)
    {
        if (!MetadataRules.ControllersRegister(world.Metadata.MetadataVersion))
        {
            return null;
        }

        foreach (var controller in world.Metadata.Controllers.Values.Where(controller => controller.Id != LeaderId))
        {
            var there = controller.Features.GetValueOrDefault(feature, Disabled);
            if (WhyOutside($"Controller {controller.Id}", there, level) is { } why)
            {
                return why;
            }
        }

        return world.Nodes.Voters
            .Select(voter => voter.Id.Value)
            .Where(voter => voter != LeaderId && !world.Metadata.Controllers.ContainsKey(voter))
            .Select(voter => $"controller {voter} has not registered, and may not support this feature")
            .FirstOrDefault();
    }

    private static string? WhyOutside(string who, FeatureRange range, short level) =>
        range.Contains(level) ? null
            : range.Max == 0 ? $"{who} does not support this feature."
            : $"{who} only supports versions {(range.Min == range.Max ? $"{range.Min}" : $"{range.Min}-{range.Max}")}";

    private ApiError JudgeMetadataVersion(FeatureWish wish)
    {
        if (Line < V40 && wish.Level < MinimumOf3)
        {
            return InvalidMetadataVersion(
                wish, $"Unable to set a metadata.version less than {MetadataVersion.Find(MinimumOf3)!.Name}");
        }

        var current = world.Metadata.MetadataVersion;
        if (wish.Level >= current || MetadataRules.CanLowerMetadataVersion(current, wish.Level))
        {
            return ApiError.None;
        }

        var why = wish.IsUnsafe
            ? "Unsafe metadata downgrade is not supported in this version."
            : "Refusing to perform the requested downgrade because it might delete metadata information."
                + (Line < V37 ? " Retry using UNSAFE_DOWNGRADE if you want to force the downgrade to proceed." : "");
        return Line >= V41
            ? new(ErrorCode.InvalidUpdateVersion, $"Unsupported metadata.version downgrade from {current} to {wish.Level}. {why}")
            : InvalidMetadataVersion(wish, why);
    }

    /// <summary>A quorum turns dynamic when every voter is able to, and never turns back (KIP-853).</summary>
    private string? WhyNotKRaft(FeatureWish wish)
    {
        if (!wish.IsUpgrade)
        {
            return wish.Level == world.Metadata.Features.Now.GetValueOrDefault(KafkaFeatures.KRaftVersion)
                ? null
                : "Can't downgrade the version of this feature.";
        }

        return world.Nodes.Voters.FirstOrDefault(voter => voter.Life is not { Profile.HasDynamicQuorum: true }) is { } unable
            ? $"controller {unable.Id} does not support kraft.version {wish.Level}"
            : null;
    }

    private string? WhyNotAlone(string feature, FeatureWish wish, IReadOnlyDictionary<string, FeatureWish> all)
    {
        var metadataVersion = all.TryGetValue(KafkaFeatures.MetadataVersion, out var with)
            ? with.Level
            : world.Metadata.MetadataVersion;
        if (wish.Level >= 1 && metadataVersion < MetadataVersion.MinimumOf4)
        {
            var minimum = MetadataVersion.Find(MetadataVersion.MinimumOf4)!;
            return $"{feature} could not be set to {wish.Level} because it depends on "
                + $"metadata.version={minimum.Level} ({minimum.Name})";
        }

        return FeatureLevel.Find(feature, wish.Level) is { } level && metadataVersion < level.NeedsMetadataVersion
            ? $"{feature} could not be set to {wish.Level} because it depends on "
                + $"metadata.version level {level.NeedsMetadataVersion}"
            : IsKnown(feature) ? null : $"Feature {feature} not found.";
    }

    private static bool IsKnown(string feature) => FeatureLevel.All.Any(level => level.Feature == feature);

    private static ApiError Invalid(string feature, FeatureWish wish, string why) =>
        new(ErrorCode.InvalidUpdateVersion, $"Invalid update version {wish.Level} for feature {feature}. {why}");

    private static ApiError InvalidMetadataVersion(FeatureWish wish, string why) =>
        new(ErrorCode.InvalidUpdateVersion, $"Invalid metadata.version {wish.Level}. {why}");
}
