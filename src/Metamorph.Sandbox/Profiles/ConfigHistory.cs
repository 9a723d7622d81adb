using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>One row of <c>configs.tsv</c>: a configuration through all release lines.</summary>
internal sealed record ConfigHistory
{
    private const string Yes = "+";
    private const string None = "-";

    // Null and "has no default" are the same to an answer; the table tells them apart for whoever reads it.
    private const string Null = "~";
    private const string Required = "!";

    private readonly string name;
    private readonly ReleaseLine first;
    private readonly ReleaseLine? last;
    private readonly ImmutableArray<(ReleaseLine Since, string Value)> types;
    private readonly ImmutableArray<(ReleaseLine Since, string Value)> dynamics;
    private readonly ImmutableArray<(ReleaseLine Since, string Value)> internals;
    private readonly ImmutableArray<(ReleaseLine Since, string Value)> defaults;
    private readonly ImmutableArray<(ReleaseLine Since, string Value)> brokerNames;

    private ConfigHistory(string[] fields)
    {
        Scope = fields[0];
        name = fields[1];
        var bounds = fields[2].Split('-');
        first = ReleaseLine.Parse(bounds[0]);
        last = bounds[1].Length == 0 ? null : ReleaseLine.Parse(bounds[1]);
        types = Values(fields[3]);
        dynamics = Values(fields[4]);
        internals = Values(fields[5]);
        brokerNames = Values(fields[6]);
        defaults = Values(fields[7]);
    }

    /// <summary><c>broker</c> or <c>topic</c>.</summary>
    public string Scope { get; }

    /// <exception cref="FormatException">The row is not one of the table.</exception>
    public static ConfigHistory Parse(string row)
    {
        var fields = row.Split('\t');
        return fields.Length == 8
            ? new ConfigHistory(fields)
            : throw new FormatException($"a row of configs.tsv has 8 fields, and this one {fields.Length}: {row}");
    }

    /// <summary>How the line defines it; null where it does not.</summary>
    public ConfigDefinition? At(ReleaseLine line)
    {
        if (line < first || line > last)
        {
            return null;
        }

        var initial = ValueAt(defaults, line);
        return new ConfigDefinition(
            name,
            Enum.Parse<ConfigValueType>(ValueAt(types, line), ignoreCase: true),
            initial is Null or Required ? null : initial,
            IsDynamic: ValueAt(dynamics, line) == Yes,
            IsInternal: ValueAt(internals, line) == Yes,
            ValueAt(brokerNames, line) is var known && known != None ? known : null);
    }

    private static string ValueAt(ImmutableArray<(ReleaseLine Since, string Value)> values, ReleaseLine line) =>
        values.Last(value => value.Since <= line).Value;

    // "10|3.9=-1|4.0=10": the first value holds since ever, each other one from its line on.
    private ImmutableArray<(ReleaseLine Since, string Value)> Values(string field) =>
        [.. field.Split('|').Select((text, index) => index == 0 ? (first, text) : Change(text))];

    private static (ReleaseLine Since, string Value) Change(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return (ReleaseLine.Parse(text[..at]), text[(at + 1)..]);
    }
}
