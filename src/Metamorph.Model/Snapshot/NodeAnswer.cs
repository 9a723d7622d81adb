using System.Collections.Immutable;

namespace Metamorph.Model;

/// <summary>What a node said of itself on one of its listeners (ApiVersions).</summary>
/// <param name="Line">The release line that its API ranges and features give away.</param>
/// <param name="SupportedFeatures">The features that its binary supports.</param>
public sealed record NodeAnswer(
    Observed<ReleaseLine> Line, ImmutableSortedDictionary<string, FeatureRange> SupportedFeatures);
