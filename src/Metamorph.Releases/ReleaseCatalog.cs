using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>What is known of every release of Apache Kafka from 2.8 on. A line or level it does not list is unknown.</summary>
/// <remarks>
/// Vendors number levels differently, and a line that is not released may still change: what a node advertises counts
/// more than this table. The table serves to explain, and to refuse.
/// </remarks>
public static class ReleaseCatalog
{
    /// <summary>Every known line, oldest first.</summary>
    public static ImmutableArray<ReleaseFacts> Lines => ReleaseTable.Lines;

    /// <summary>The newest line that is released.</summary>
    public static ReleaseFacts Newest { get; } = ReleaseTable.Lines.Last(facts => facts.IsReleased);

    /// <summary>What is known of a line.</summary>
    public static Observed<ReleaseFacts> Find(ReleaseLine line) =>
        ReleaseTable.Lines.FirstOrDefault(facts => facts.Line == line) is { } facts
            ? Observed<ReleaseFacts>.Of(facts)
            : Observed<ReleaseFacts>.Unknown(
                $"{line} is not among the known release lines {Lines[0].Line} to {Lines[^1].Line}");

    /// <summary>
    /// The levels that an upgrade to the line finalizes when the operator wants all that the line sets by default:
    /// its highest <c>metadata.version</c>, and every other feature whose default is above 0.
    /// </summary>
    /// <remarks>
    /// <c>kraft.version</c> is never among them, though Kafka's own tool would send it: it turns a static quorum into
    /// a dynamic one, nothing turns it back, and every node's configuration has to change afterwards. That is a change
    /// of its own, not part of an upgrade. Lines before 3.3 finalize nothing.
    /// </remarks>
    public static Observed<ImmutableSortedDictionary<string, short>> FeaturesFinalizedByDefault(ReleaseLine line)
    {
        var found = Find(line);
        if (!found.IsKnown)
        {
            return Observed<ImmutableSortedDictionary<string, short>>.Unknown(found.Why!);
        }

        var levels = found.Value.DefaultLevels
            .Where(feature => feature.Value > 0 && feature.Key != KafkaFeatures.KRaftVersion)
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
        return Observed<ImmutableSortedDictionary<string, short>>.Of(
            found.Value.MetadataVersion is { } metadata
                ? levels.SetItem(KafkaFeatures.MetadataVersion, metadata.Max)
                : levels);
    }

    /// <summary>
    /// What people call a level: <c>4.3-IV0</c> for <c>metadata.version</c> 30, a few words for any other feature.
    /// </summary>
    public static Observed<string> NameOf(string feature, short level)
    {
        var name = feature == KafkaFeatures.MetadataVersion
            ? MetadataVersion.Find(level)?.Name
            : level == 0 ? OffName(feature) : FeatureLevel.Find(feature, level)?.Meaning;
        return name is null
            ? Observed<string>.Unknown($"{feature} {level} is not a level that this catalog knows")
            : Observed<string>.Of(name);
    }

    /// <summary>The line whose production nodes support <c>metadata.version</c> up to exactly this level.</summary>
    public static Observed<ReleaseLine> LineOfHighest(short metadataVersion) =>
        Lines.FirstOrDefault(facts => facts.MetadataVersion?.Max == metadataVersion) is { } facts
            ? Observed<ReleaseLine>.Of(facts.Line)
            : Observed<ReleaseLine>.Unknown(
                $"no known release line supports metadata.version up to exactly {metadataVersion}; "
                + $"the newest known is {Lines[^1].MetadataVersion!.Value.Max}");

    private static string? OffName(string feature) => feature switch
    {
        KafkaFeatures.KRaftVersion => "static quorum",
        _ when FeatureLevel.All.Any(known => known.Feature == feature) => "off",
        _ => null,
    };
}
