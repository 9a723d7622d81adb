using System.Collections.Immutable;

namespace Metamorph.Model;

/// <summary>The feature levels that the cluster has finalized (KIP-584). A feature that is not listed stands at 0.</summary>
/// <param name="Epoch">Rises with every change; it is an offset of the metadata log.</param>
public sealed record FinalizedFeatures(long Epoch, ImmutableSortedDictionary<string, short> Levels)
{
    public short LevelOf(string feature) => Levels.GetValueOrDefault(feature);
}
