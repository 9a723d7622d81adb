using System.Globalization;
using System.Text.RegularExpressions;

namespace Metamorph.SideBySide.Recording;

/// <summary>How long something took, and between which limits it has to lie on an idle machine.</summary>
/// <param name="What">What took that long.</param>
/// <param name="From">Seconds. Kafka's own timers make it so; no machine is faster.</param>
/// <param name="To">Seconds. A busy machine may be slower.</param>
/// <param name="Took">Seconds.</param>
public sealed partial record Band(string What, double From, double To, double Took)
{
    /// <summary>The lane of a history that has them.</summary>
    public const string Lane = "took";

    /// <summary>The band without what was measured: the same on every stage.</summary>
    public string Rule => string.Create(CultureInfo.InvariantCulture, $"{What}: {From:0.##} to {To:0.##} s");

    public bool Holds => Took >= From && Took <= To;

    /// <exception cref="FormatException">It is not one.</exception>
    public static Band Parse(string state) =>
        Written().Match(state) is { Success: true } found
            ? new Band(found.Groups[1].Value, Number(found.Groups[2]), Number(found.Groups[3]), Number(found.Groups[4]))
            : throw new FormatException($"not a band: {state}");

    /// <summary>The words in a history.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rule}; {Took:0.00}");

    private static double Number(Group found) => double.Parse(found.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(.*): ([\d.]+) to ([\d.]+) s; ([\d.]+)$")]
    private static partial Regex Written();
}
