using System.Globalization;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Says of every configuration which value is in force, and why: what DescribeConfigs answers.</summary>
/// <remarks><c>ConfigHelper.createBrokerConfigEntry</c> and <c>createTopicConfigEntry</c>.</remarks>
public sealed class ConfigAnswers
{
    private const string NodeId = "node.id";
    private const string BrokerId = "broker.id";
    private const string RetentionMs = "log.retention.ms";
    private const string RollMs = "log.roll.ms";
    private const string RollJitterMs = "log.roll.jitter.ms";
    private const string FlushMs = "log.flush.interval.ms";

    // Coarser keys that count where the finer one is not set, and the milliseconds in one of each
    // (DynamicBrokerConfig).
    private static readonly Dictionary<string, (string Name, long Unit)[]> Coarser = new()
    {
        [RetentionMs] = [("log.retention.minutes", 60_000), ("log.retention.hours", 3_600_000)],
        [RollMs] = [("log.roll.hours", 3_600_000)],
        [RollJitterMs] = [("log.roll.jitter.hours", 3_600_000)],
        [FlushMs] = [("log.flush.scheduler.interval.ms", 1)],
    };

    private static readonly Dictionary<string, string[]> Synonyms = AllSynonyms().ToDictionary(each => each.Name, each => each.Synonyms);

    private readonly ConfigCatalog catalog;
    private readonly ConfigLayers layers;

    /// <summary>The answers of a release whose configurations are <paramref name="catalog"/>'s.</summary>
    public ConfigAnswers(ConfigCatalog catalog, ConfigLayers layers)
    {
        this.catalog = catalog;
        this.layers = layers with { Static = WithBothIds(layers.Static) };
    }

    /// <summary>The answer for a broker, with every synonym.</summary>
    public DescribeConfigsResponse.Config[] OfBroker() =>
    [
        .. catalog.Broker.Values
            .Where(definition => !definition.IsInternal || layers.Static.ContainsKey(definition.Name))
            .Select(OfBroker),
        .. layers.Static.Keys
            .Where(name => !catalog.Broker.ContainsKey(name))
            .Order(StringComparer.Ordinal)
            .Select(Unknown),
    ];

    /// <summary>
    /// The answer for the dynamic default of all brokers, which holds what was set there and nothing else.
    /// </summary>
    public DescribeConfigsResponse.Config[] OfDynamicDefault() =>
        [.. layers.DynamicDefault.Keys.Order(StringComparer.Ordinal).Select(OfDynamicDefault)];

    /// <summary>The answer for a topic, with every synonym.</summary>
    /// <param name="only">The names that are wanted; null or empty: all.</param>
    public DescribeConfigsResponse.Config[] OfTopic(IReadOnlyCollection<string>? only = null) =>
    [
        .. (only is { Count: > 0 } ? only.Distinct().Order(StringComparer.Ordinal).Select(name => catalog.Topic.GetValueOrDefault(name)).OfType<ConfigDefinition>() : catalog.Topic.Values)
            .Where(definition => !definition.IsInternal || layers.Topic.ContainsKey(definition.Name))
            .Select(OfTopic),
    ];

    /// <summary>The value of a broker's configuration that is in force; null when it is null.</summary>
    /// <exception cref="KeyNotFoundException">The release has no such configuration.</exception>
    public string? BrokerValue(string name)
    {
        var definition = catalog.Broker[name];
        return Shown(definition.Type, Settings([name]).FirstOrDefault().Value);
    }

    /// <summary>
    /// The value of a topic's configuration that is in force, milliseconds where the broker's was coarser.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The release has no such configuration.</exception>
    public string? TopicValue(string name)
    {
        var definition = catalog.Topic[name];
        if (layers.Topic.TryGetValue(name, out var set))
        {
            return Shown(definition.Type, set);
        }

        return definition.BrokerName is { } broker && catalog.Broker.ContainsKey(broker)
            ? Shown(definition.Type, BrokerValueInMs(broker))
            : Shown(definition.Type, definition.Default);
    }

    private DescribeConfigsResponse.Config OfBroker(ConfigDefinition definition)
    {
        var settings = BrokerSettings(definition.Name);
        return Entry(definition, BrokerValue(definition.Name), !definition.IsDynamic, settings);
    }

    private DescribeConfigsResponse.Config OfDynamicDefault(string name)
    {
        var definition = catalog.Broker.GetValueOrDefault(name)
            ?? new ConfigDefinition(name, ConfigValueType.Unknown, null, IsDynamic: true, IsInternal: false, null);
        var value = layers.DynamicDefault[name];
        return Entry(
            definition,
            Shown(definition.Type, value),
            !definition.IsDynamic,
            [new(name, value, ConfigOrigin.DynamicDefault)]);
    }

    private DescribeConfigsResponse.Config OfTopic(ConfigDefinition definition)
    {
        List<Setting> settings = [];
        if (layers.Topic.TryGetValue(definition.Name, out var set))
        {
            settings.Add(new(definition.Name, Shown(definition.Type, set), ConfigOrigin.Topic));
        }

        if (definition.BrokerName is { } broker)
        {
            settings.AddRange(BrokerSettings(broker));
        }

        return Entry(definition, TopicValue(definition.Name), readOnly: false, settings);
    }

    // The old name and the new one stand for each other (KafkaConfig.populateSynonyms).
    internal static IReadOnlyDictionary<string, string> WithBothIds(IReadOnlyDictionary<string, string> properties)
    {
        var id = properties.GetValueOrDefault(NodeId) ?? properties.GetValueOrDefault(BrokerId);
        return id is null || properties.GetValueOrDefault(NodeId) == properties.GetValueOrDefault(BrokerId)
            ? properties
            : new Dictionary<string, string>(properties) { [NodeId] = id, [BrokerId] = id };
    }

    // Whatever the file holds is listed; what Kafka cannot type might be a secret.
    private static DescribeConfigsResponse.Config Unknown(string name) => new()
    {
        Name = name,
        Value = null,
        ReadOnly = true,
        ConfigSource = (sbyte)ConfigOrigin.Static,
        IsSensitive = true,
        Synonyms = [new() { Name = name, Value = null, Source = (sbyte)ConfigOrigin.Static }],
        ConfigType = (sbyte)ConfigValueType.Unknown,
        Documentation = null,
    };

    private static DescribeConfigsResponse.Config Entry(
        ConfigDefinition definition, string? value, bool readOnly, IReadOnlyList<Setting> settings) => new()
        {
            Name = definition.Name,
            Value = definition.IsSensitive ? null : value,
            ReadOnly = readOnly,
            ConfigSource = (sbyte)(settings.Count > 0 ? settings[0].Origin : ConfigOrigin.Default),
            IsSensitive = definition.IsSensitive,
            Synonyms =
            [
                .. settings.Select(setting => new DescribeConfigsResponse.Synonym
                {
                    Name = setting.Name,
                    Value = definition.IsSensitive ? null : setting.Value,
                    Source = (sbyte)setting.Origin,
                }),
            ],
            ConfigType = (sbyte)definition.Type,
            Documentation = null,
        };

    private string? BrokerValueInMs(string name)
    {
        if (!Coarser.TryGetValue(name, out var coarser) || BrokerValue(name) is { } set && IsSet(set))
        {
            return BrokerValue(name);
        }

        foreach (var (other, unit) in coarser)
        {
            if (BrokerValue(other) is { } text)
            {
                var value = long.Parse(text, CultureInfo.InvariantCulture);
                return (value < 0 ? -1 : value * unit).ToString(CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    private static bool IsSet(string value) => value.Length > 0;

    private static string[] SynonymsOf(string name) => Synonyms.TryGetValue(name, out var synonyms) ? synonyms : [name];

    private static IEnumerable<(string Name, string[] Synonyms)> AllSynonyms()
    {
        foreach (var (finest, coarser) in Coarser)
        {
            string[] synonyms = [finest, .. coarser.Select(other => other.Name)];
            // Of the flush interval only the finer key has a synonym: the other one is its default.
            foreach (var name in finest == FlushMs ? [finest] : synonyms)
            {
                yield return (name, synonyms);
            }
        }
    }

    // Kafka tells of synonyms only from the key's own entry on: log.roll.hours is never a reason for log.roll.ms there.
    private List<Setting> BrokerSettings(string name) =>
        [.. Settings(SynonymsOf(name)).SkipWhile(setting => setting.Name != name)];

    private List<Setting> Settings(string[] synonyms)
    {
        List<Setting> settings = [];
        Add(layers.DynamicBroker, ConfigOrigin.DynamicBroker);
        Add(layers.DynamicDefault, ConfigOrigin.DynamicDefault);
        Add(layers.Static, ConfigOrigin.Static);
        foreach (var synonym in synonyms)
        {
            if (catalog.Broker.GetValueOrDefault(synonym)?.Default is { } initial)
            {
                settings.Add(new Setting(synonym, initial, ConfigOrigin.Default));
            }
        }

        return settings;

        void Add(IReadOnlyDictionary<string, string> layer, ConfigOrigin origin)
        {
            foreach (var synonym in synonyms)
            {
                if (layer.TryGetValue(synonym, out var value))
                {
                    settings.Add(new Setting(synonym, value, origin));
                }
            }
        }
    }

    // As ConfigDef prints what it has parsed.
    private static string? Shown(ConfigValueType type, string? text) => type switch
    {
        _ when text is null => null,
        ConfigValueType.Boolean => text.Trim().ToLowerInvariant(),
        ConfigValueType.List => string.Join(',', text.Split(',').Select(part => part.Trim())),
        _ => text.Trim(),
    };

    private readonly record struct Setting(string Name, string? Value, ConfigOrigin Origin);
}
