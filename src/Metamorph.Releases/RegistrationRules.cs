using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>What the controller knows of a broker that registered while an older controller was active.</summary>
/// <remarks>
/// A broker speaks BrokerRegistration in the version that the active controller knows. Below version 4, which came with
/// 3.9, it leaves out the features whose lowest level is 0; so the controller never learns that the broker supports
/// them, also after it was upgraded itself, until that broker starts once more. Combined nodes that restart before the
/// active controller's node meet this; dedicated controllers, rolled first, do not.
/// </remarks>
public static class RegistrationRules
{
    private static readonly ReleaseLine FirstWithZeroMinimum = new(3, 9);

    /// <summary>Whether a broker that registers with such a controller leaves out the features that start at 0.</summary>
    public static bool RegistersWithoutZeroMinimumFeatures(ReleaseLine controllerLine) =>
        controllerLine < FirstWithZeroMinimum;

    /// <summary>
    /// The features that the target sets by default and that such a broker would be said not to support.
    /// Empty for a line that is not known: nothing is finalized there either.
    /// </summary>
    public static IReadOnlyList<string> FeaturesNeedingNewRegistration(ReleaseLine target)
    {
        var facts = ReleaseCatalog.Find(target);
        var defaults = ReleaseCatalog.FeaturesFinalizedByDefault(target);
        if (!facts.IsKnown || !defaults.IsKnown)
        {
            return [];
        }

        return [.. defaults.Value.Keys.Where(feature => facts.Value.SupportedFeatures[feature].Min == 0)];
    }
}
