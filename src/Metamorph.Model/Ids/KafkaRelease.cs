using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Metamorph.Model.Json;

namespace Metamorph.Model;

/// <summary>A release of Apache Kafka as installed on a node, for instance 3.9.2.</summary>
/// <remarks>The patch level is invisible on the wire; it is known from the node's files only.</remarks>
[JsonConverter(typeof(KafkaReleaseConverter))]
public readonly record struct KafkaRelease(int Major, int Minor, int Patch) : IComparable<KafkaRelease>
{
    /// <summary>Major and minor: what the protocol and the finalized features depend on.</summary>
    public ReleaseLine Line => new(Major, Minor);

    /// <summary>Reads <c>3.9.2</c>. A qualifier (<c>-rc1</c>, <c>-SNAPSHOT</c>, a vendor's suffix) is not a release of Apache Kafka.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out KafkaRelease release)
    {
        release = default;
        var parts = text?.Split('.');
        if (parts is not { Length: 3 } || !TryNumber(parts[0], out var major) || !TryNumber(parts[1], out var minor)
            || !TryNumber(parts[2], out var patch))
        {
            return false;
        }

        release = new KafkaRelease(major, minor, patch);
        return true;
    }

    /// <exception cref="FormatException">The text is not three numbers with dots.</exception>
    public static KafkaRelease Parse(string text) =>
        TryParse(text, out var release) ? release : throw new FormatException($"'{text}' is not a Kafka release like 3.9.2");

    public int CompareTo(KafkaRelease other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    public override string ToString() => $"{Major}.{Minor}.{Patch}";

    public static bool operator <(KafkaRelease left, KafkaRelease right) => left.CompareTo(right) < 0;

    public static bool operator >(KafkaRelease left, KafkaRelease right) => left.CompareTo(right) > 0;

    public static bool operator <=(KafkaRelease left, KafkaRelease right) => left.CompareTo(right) <= 0;

    public static bool operator >=(KafkaRelease left, KafkaRelease right) => left.CompareTo(right) >= 0;

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
