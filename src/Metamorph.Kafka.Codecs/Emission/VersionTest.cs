using Metamorph.Kafka.Codecs.Model;

namespace Metamorph.Kafka.Codecs.Emission;

/// <summary>Says "this version is one of those" as C#, leaving out what is always so.</summary>
internal static class VersionTest
{
    public const string Always = "true";
    public const string Never = "false";

    /// <summary>
    /// A test of <c>version</c> for being in <paramref name="span"/>, knowing that it is in <paramref name="known"/>.
    /// </summary>
    public static string Of(VersionSpan span, VersionSpan known)
    {
        var both = span.Intersect(known);
        if (both.IsEmpty)
        {
            return Never;
        }

        if (both.Min == both.Max && both != known)
        {
            return $"version == {both.Min}";
        }

        var from = both.Min > known.Min ? $"version >= {both.Min}" : null;
        var to = both.Max < known.Max ? $"version <= {both.Max}" : null;
        return (from, to) switch
        {
            (null, null) => Always,
            (null, _) => to,
            (_, null) => from,
            _ => $"{from} && {to}",
        };
    }
}
