namespace Metamorph.Sandbox;

/// <summary>Dynamic configs: what IncrementalAlterConfigs has set. Read without delay by everyone.</summary>
internal sealed class ConfigStore
{
    private static readonly SortedDictionary<string, string> Nothing = new(StringComparer.Ordinal);

    private static readonly Comparer<(ConfigOwner Owner, string Name)> ByOwnerAndName = Comparer<(ConfigOwner Owner, string Name)>.Create(
        static (left, right) => left.Owner != right.Owner ? left.Owner - right.Owner : string.CompareOrdinal(left.Name, right.Name));

    private readonly SortedDictionary<(ConfigOwner Owner, string Name), SortedDictionary<string, string>> overrides = new(ByOwnerAndName);

    /// <summary>Another after each change, so that what was worked out of configs can be kept until then.</summary>
    public long Version { get; private set; }

    /// <summary>What is set on a resource; for brokers the name is the id, or empty for the default of all.</summary>
    public IReadOnlyDictionary<string, string> Of(ConfigOwner owner, string name) =>
        overrides.GetValueOrDefault((owner, name)) ?? Nothing;

    public string? Find(ConfigOwner owner, string name, string key) =>
        Of(owner, name).TryGetValue(key, out var value) ? value : null;

    /// <summary>The names of the resources of a kind that have anything set.</summary>
    public IEnumerable<string> NamesOf(ConfigOwner owner) =>
        overrides.Where(entry => entry.Key.Owner == owner && entry.Value.Count > 0).Select(entry => entry.Key.Name);

    /// <summary>Sets a config, or with null takes it away.</summary>
    public void Set(ConfigOwner owner, string name, string key, string? value)
    {
        Version++;
        if (!overrides.TryGetValue((owner, name), out var values))
        {
            overrides[(owner, name)] = values = new(StringComparer.Ordinal);
        }

        if (value is null)
        {
            values.Remove(key);
        }
        else
        {
            values[key] = value;
        }
    }

    public void Forget(ConfigOwner owner, string name)
    {
        Version++;
        overrides.Remove((owner, name));
    }
}

/// <summary>What a config belongs to (<c>ConfigResource.Type</c>).</summary>
internal enum ConfigOwner : sbyte
{
    Topic = 2,
    Broker = 4,
    BrokerLogger = 8,
    ClientMetrics = 16,
    Group = 32,
}
