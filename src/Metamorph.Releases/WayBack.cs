using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>What is left of the way back after <c>metadata.version</c> was raised.</summary>
/// <param name="Before">The level that was finalized.</param>
/// <param name="After">The level that will be.</param>
/// <param name="Floor">The lowest level that Kafka takes <paramref name="After"/> back to.</param>
public sealed record WayBack(short Before, short After, short Floor)
{
    /// <summary>Whether the level before can never be reached again.</summary>
    public bool Closes => Floor > Before;

    /// <summary>The oldest line whose nodes can still join once the level was taken back as far as it goes.</summary>
    public ReleaseLine OldestLine => ReleaseCatalog.Lines
        .First(facts => facts.MetadataVersion is { } range && range.Contains(ReachableLevel)).Line;

    // A level below 4 cannot be asked for in 3.x, and none below 7 in 4.x; no further than where it came from.
    private short ReachableLevel => Math.Max(Floor, Before);

    /// <summary>One sentence for the operator, with the numbers.</summary>
    public string Sentence => Closes
        ? $"the way back closes: metadata.version {Name(After)} cannot be taken below {Name(Floor)}, "
            + $"so no release before {OldestLine} can run in this cluster again"
        : $"the way back stays open: metadata.version {Name(After)} can be taken back to {Name(Before)}";

    private static string Name(short level) => MetadataVersion.Find(level)?.ToString() ?? $"{level}";
}
