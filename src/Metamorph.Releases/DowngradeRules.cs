using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>What raising <c>metadata.version</c> takes away: the way back.</summary>
/// <remarks>
/// Kafka lowers it only where no level in between changed the metadata records; no release has a working unsafe
/// downgrade. Older binaries can return only when every finalized feature is within their range again.
/// </remarks>
public static class DowngradeRules
{
    /// <summary>The lowest level that <paramref name="level"/> can be taken back to without loss; null for an unknown level.</summary>
    public static short? LosslessFloor(short level) => MetadataVersion.Find(level)?.LosslessFloor;

    /// <summary>What is left of the way back when <c>metadata.version</c> goes from one level to another.</summary>
    public static Observed<WayBack> WayBackAfter(short before, short after)
    {
        if (MetadataVersion.Find(after) is not { } raised)
        {
            return Observed<WayBack>.Unknown($"metadata.version {after} is not a level that this catalog knows");
        }

        return Observed<WayBack>.Of(new WayBack(before, raised.Level, raised.LosslessFloor));
    }
}
