using System.Globalization;

namespace Metamorph.Kafka.Tests.Protocol.Schemas;

/// <summary>"3", "0-7", "9+" or "none", read apart from the product's own reading of it.</summary>
internal sealed record VersionSet(int From, int To)
{
    public static VersionSet None { get; } = new(1, 0);

    public static VersionSet Parse(string text)
    {
        if (text is "none")
        {
            return None;
        }

        var ends = text.TrimEnd('+').Split('-');
        var from = int.Parse(ends[0], CultureInfo.InvariantCulture);
        return new(from, text.EndsWith('+') ? int.MaxValue : int.Parse(ends[^1], CultureInfo.InvariantCulture));
    }

    public bool Has(int version) => From <= version && version <= To;
}
