using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>The configurations that brokers and topics of one release line have.</summary>
/// <remarks>
/// Read from <c>configs.tsv</c>, which is measured at 3.5.2, 3.9.2 and 4.3.1; for the lines between them it is from the
/// sources. In the sandbox most of them change nothing.
/// </remarks>
public sealed class ConfigCatalog
{
    private static readonly Lazy<ImmutableArray<ConfigHistory>> Histories = new(ReadAll);

    private ConfigCatalog(ReleaseLine line)
    {
        Broker = Definitions("broker", line);
        Topic = Definitions("topic", line);
    }

    /// <summary>What can stand in <c>server.properties</c>, by key.</summary>
    public ImmutableSortedDictionary<string, ConfigDefinition> Broker { get; }

    /// <summary>What a topic can override, by key.</summary>
    public ImmutableSortedDictionary<string, ConfigDefinition> Topic { get; }

    /// <summary>The configurations of a line from 3.3 to 4.3.</summary>
    public static ConfigCatalog Of(ReleaseLine line) => new(line);

    private static ImmutableSortedDictionary<string, ConfigDefinition> Definitions(string scope, ReleaseLine line) =>
        Histories.Value
            .Where(history => history.Scope == scope)
            .Select(history => history.At(line))
            .OfType<ConfigDefinition>()
            .ToImmutableSortedDictionary(known => known.Name, known => known, StringComparer.Ordinal);

    private static ImmutableArray<ConfigHistory> ReadAll()
    {
        using var table = typeof(ConfigCatalog).Assembly.GetManifestResourceStream("configs.tsv")
            ?? throw new InvalidOperationException("configs.tsv is not within the assembly");
        using var reader = new StreamReader(table);
        var histories = ImmutableArray.CreateBuilder<ConfigHistory>();
        while (reader.ReadLine() is { } row)
        {
            if (!row.StartsWith('#'))
            {
                histories.Add(ConfigHistory.Parse(row));
            }
        }

        return histories.ToImmutable();
    }
}
