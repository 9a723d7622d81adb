using System.Globalization;

namespace Metamorph.Kafka.Codecs.Model;

/// <summary>A range of versions as declarations write it: "3", "0-7", "9+", "none".</summary>
internal readonly record struct VersionSpan(int Min, int Max)
{
    private const int Forever = short.MaxValue;

    public static VersionSpan None => new(0, -1);

    public bool IsEmpty => Min > Max;

    public static VersionSpan? Parse(string text)
    {
        if (text == "none")
        {
            return None;
        }

        if (text.EndsWith("+", StringComparison.Ordinal))
        {
            return Number(text.Substring(0, text.Length - 1)) is { } from ? new VersionSpan(from, Forever) : null;
        }

        var dash = text.IndexOf('-');
        if (dash < 0)
        {
            return Number(text) is { } only ? new VersionSpan(only, only) : null;
        }

        return Number(text.Substring(0, dash)) is { } min && Number(text.Substring(dash + 1)) is { } max && min <= max
            ? new VersionSpan(min, max)
            : null;
    }

    public bool Contains(int version) => version >= Min && version <= Max;

    public VersionSpan Intersect(VersionSpan other)
    {
        var both = new VersionSpan(Math.Max(Min, other.Min), Math.Min(Max, other.Max));
        return both.IsEmpty ? None : both;
    }

    public bool Covers(VersionSpan other) => other.IsEmpty || (Min <= other.Min && Max >= other.Max);

    /// <summary>
    /// What is left below <paramref name="later"/>, which is empty or reaches to the end of this span.
    /// </summary>
    public VersionSpan Before(VersionSpan later)
    {
        if (later.IsEmpty)
        {
            return this;
        }

        var rest = new VersionSpan(Min, later.Min - 1);
        return rest.IsEmpty ? None : rest;
    }

    private static int? Number(string text) =>
        short.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
