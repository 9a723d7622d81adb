using System.Globalization;
using System.Text.RegularExpressions;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Which values configurations may have, in Kafka's words (<c>ConfigDef</c>, <c>LogConfig</c>).</summary>
/// <remarks>Types are checked of all; ranges only of those that people get wrong.</remarks>
internal static partial class ConfigRules
{
    private static readonly Dictionary<string, long> AtLeast = new()
    {
        ["min.insync.replicas"] = 1,
        ["segment.bytes"] = 14,
        ["segment.ms"] = 1,
        ["retention.ms"] = -1,
        ["max.message.bytes"] = 0,
        ["delete.retention.ms"] = 0,
        ["file.delete.delay.ms"] = 0,
        ["flush.messages"] = 1,
        ["leader.replication.throttled.rate"] = 0,
        ["follower.replication.throttled.rate"] = 0,
        ["replica.alter.log.dirs.io.max.bytes.per.second"] = 0,
    };

    /// <summary>What brokers take at run time alone, and no file has (<c>DynamicConfig.Broker</c>): rates in bytes a second.</summary>
    public static readonly string[] DynamicOnly =
    [
        "follower.replication.throttled.rate",
        "leader.replication.throttled.rate",
        "replica.alter.log.dirs.io.max.bytes.per.second",
    ];

    private static readonly Dictionary<string, string[]> OneOf = new()
    {
        ["cleanup.policy"] = ["compact", "delete"],
        ["compression.type"] = ["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"],
        ["message.timestamp.type"] = ["CreateTime", "LogAppendTime"],
    };

    /// <summary>Judges overrides of a topic.</summary>
    public static ApiError JudgeTopic(ConfigCatalog catalog, IEnumerable<KeyValuePair<string, string>> configs)
    {
        foreach (var (name, value) in configs)
        {
            if (!catalog.Topic.TryGetValue(name, out var definition))
            {
                return new(ErrorCode.InvalidConfig, $"Unknown topic config name: {name}");
            }

            if (WhyWrong(definition, value) is { } why)
            {
                return new(ErrorCode.InvalidConfig, why);
            }
        }

        return ApiError.None;
    }

    /// <summary>Judges dynamic configs of a broker, or of all; a name that Kafka does not know is somebody else's.</summary>
    public static ApiError JudgeBroker(ConfigCatalog catalog, IReadOnlyDictionary<string, string> configs)
    {
        var fixedOnes = configs.Keys
            .Where(name => catalog.Broker.TryGetValue(name, out var definition) && !definition.IsDynamic)
            .ToList();
        if (fixedOnes.Count > 0)
        {
            return new(ErrorCode.InvalidRequest, $"Cannot update these configs dynamically: Set({string.Join(", ", fixedOnes)})");
        }

        var wrong = configs
            .Select(config => DefinitionOf(catalog, config.Key) is { } definition ? WhyWrong(definition, config.Value) : null)
            .FirstOrDefault(why => why is not null);
        return wrong is null ? ApiError.None : new(ErrorCode.InvalidRequest, wrong);
    }

    private static ConfigDefinition? DefinitionOf(ConfigCatalog catalog, string name) => DynamicOnly.Contains(name)
        ? new(name, ConfigValueType.Long, null, IsDynamic: true, IsInternal: false, null)
        : catalog.Broker.GetValueOrDefault(name);

    private static string? WhyWrong(ConfigDefinition definition, string value)
    {
        var why = WhyUntyped(definition.Type, value.Trim()) ?? WhyOutOfRange(definition.Name, value.Trim());
        return why is null ? null : $"Invalid value {value} for configuration {definition.Name}: {why}";
    }

    private static string? WhyUntyped(ConfigValueType type, string value) => type switch
    {
        ConfigValueType.Boolean when !IsBoolean(value) => "Expected value to be either true or false",
        ConfigValueType.Int when !int.TryParse(value, CultureInfo.InvariantCulture, out _) => "Not a number of type INT",
        ConfigValueType.Short when !short.TryParse(value, CultureInfo.InvariantCulture, out _) => "Not a number of type SHORT",
        ConfigValueType.Long when !long.TryParse(value, CultureInfo.InvariantCulture, out _) => "Not a number of type LONG",
        ConfigValueType.Double when !double.TryParse(value, CultureInfo.InvariantCulture, out _) => "Not a number of type DOUBLE",
        _ => null,
    };

    private static string? WhyOutOfRange(string name, string value)
    {
        if (AtLeast.TryGetValue(name, out var least)
            && long.TryParse(value, CultureInfo.InvariantCulture, out var number) && number < least)
        {
            return $"Value must be at least {least}";
        }

        if (OneOf.TryGetValue(name, out var valid) && value.Split(',').Any(part => !valid.Contains(part.Trim())))
        {
            return $"String must be one of: {string.Join(", ", valid)}";
        }

        return name is "leader.replication.throttled.replicas" or "follower.replication.throttled.replicas"
            && !ThrottledReplicas().IsMatch(value)
                ? $"{name} must be the literal '*' or a list of replicas in the following format: "
                    + "[partitionId]:[brokerId],[partitionId]:[brokerId],..."
                : null;
    }

    private static bool IsBoolean(string value) =>
        value.Equals("true", StringComparison.OrdinalIgnoreCase) || value.Equals("false", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(\*|([0-9]+:[0-9]+)(,\s*[0-9]+:[0-9]+)*|)$", RegexOptions.CultureInvariant)]
    private static partial Regex ThrottledReplicas();
}
