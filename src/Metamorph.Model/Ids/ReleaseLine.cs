using System.Globalization;
using System.Text.Json.Serialization;
using Metamorph.Model.Json;

namespace Metamorph.Model;

/// <summary>Major and minor of a release, for instance 3.9: all that the wire can tell of a binary.</summary>
[JsonConverter(typeof(ReleaseLineConverter))]
public readonly record struct ReleaseLine(int Major, int Minor) : IComparable<ReleaseLine>
{
    /// <summary>Reads <c>3.9</c>.</summary>
    public static bool TryParse(string? text, out ReleaseLine line)
    {
        line = default;
        var parts = text?.Split('.');
        if (parts is not { Length: 2 }
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor))
        {
            return false;
        }

        line = new ReleaseLine(major, minor);
        return true;
    }

    /// <exception cref="FormatException">The text is not two numbers with a dot.</exception>
    public static ReleaseLine Parse(string text) =>
        TryParse(text, out var line) ? line : throw new FormatException($"'{text}' is not a Kafka release line like 3.9");

    public int CompareTo(ReleaseLine other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    public override string ToString() => $"{Major}.{Minor}";

    public static bool operator <(ReleaseLine left, ReleaseLine right) => left.CompareTo(right) < 0;

    public static bool operator >(ReleaseLine left, ReleaseLine right) => left.CompareTo(right) > 0;

    public static bool operator <=(ReleaseLine left, ReleaseLine right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ReleaseLine left, ReleaseLine right) => left.CompareTo(right) >= 0;
}
