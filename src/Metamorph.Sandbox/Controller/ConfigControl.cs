using System.Globalization;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Dynamic configs, on the controller's side (<c>ConfigurationControlManager</c>).</summary>
internal sealed class ConfigControl(World world)
{
    private const string MinIsr = "min.insync.replicas";

    /// <summary>Applies changes to one resource, all of them or none, or says why not.</summary>
    /// <param name="resource">What is configured.</param>
    /// <param name="ops">What is to be done.</param>
    /// <param name="validateOnly">Only says whether it could be done.</param>
    public ApiError Alter(ConfigTarget resource, IReadOnlyList<ConfigOp> ops, bool validateOnly)
    {
        var wanted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in world.Metadata.Configs.Of(resource.Owner, resource.Name))
        {
            wanted[key] = value;
        }

        foreach (var op in ops)
        {
            if (Apply(resource, op, wanted) is { IsFailure: true } error)
            {
                return error;
            }
        }

        return Become(resource, wanted, validateOnly);
    }

    /// <summary>Puts these configs in the place of all that a resource has.</summary>
    public ApiError Replace(ConfigTarget resource, IReadOnlyList<ConfigOp> configs, bool validateOnly)
    {
        var wanted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var config in configs)
        {
            wanted[config.Key] = config.Value!;
        }

        return Become(resource, wanted, validateOnly);
    }

    /// <summary>
    /// Gives all brokers one dynamic <see cref="MinIsr"/>, as it has to be where eligible leader replicas are reckoned by it
    /// (KIP-966): what the active controller has itself, if nobody has set any.
    /// </summary>
    public void FixMinIsr()
    {
        var configs = world.Metadata.Configs;
        foreach (var broker in configs.NamesOf(ConfigOwner.Broker).Where(name => name.Length > 0).ToList())
        {
            configs.Set(ConfigOwner.Broker, broker, MinIsr, null);
        }

        if (configs.Find(ConfigOwner.Broker, "", MinIsr) is null)
        {
            configs.Set(ConfigOwner.Broker, "", MinIsr, world.Topology.Properties.GetValueOrDefault(MinIsr, "1"));
        }

        world.Metadata.NoteConfig();
    }

    private ApiError Apply(ConfigTarget resource, ConfigOp op, SortedDictionary<string, string> wanted)
    {
        switch (op.Kind)
        {
            case ConfigOpKind.Set:
                wanted[op.Key] = op.Value!;
                return ApiError.None;
            case ConfigOpKind.Delete:
                wanted.Remove(op.Key);
                return ApiError.None;
            case ConfigOpKind.Append or ConfigOpKind.Subtract
                when DefinitionOf(resource, op.Key) is { Type: ConfigValueType.List } definition:
                wanted[op.Key] = Listed(wanted.GetValueOrDefault(op.Key) ?? definition.Default ?? "", op);
                return ApiError.None;
            case ConfigOpKind.Append or ConfigOpKind.Subtract:
                return new(
                    ErrorCode.InvalidConfig,
                    $"Can't {op.Kind.ToString().ToUpperInvariant()} to key {op.Key} because its type is not LIST.");
            default:
                return new(ErrorCode.InvalidRequest, $"Unknown operations type {(sbyte)op.Kind}");
        }
    }

    private static string Listed(string now, ConfigOp op)
    {
        var parts = now.Split(',', StringSplitOptions.RemoveEmptyEntries).ToList();
        foreach (var value in op.Value!.Split(','))
        {
            if (op.Kind == ConfigOpKind.Subtract)
            {
                parts.Remove(value);
            }
            else if (!parts.Contains(value))
            {
                parts.Add(value);
            }
        }

        return string.Join(',', parts);
    }

    private ApiError Become(ConfigTarget resource, SortedDictionary<string, string> wanted, bool validateOnly)
    {
        var error = JudgeMinIsr(resource, wanted);
        error = error.IsFailure ? error : JudgeValues(resource, wanted);
        error = error.IsFailure ? error : JudgeExistence(resource);
        if (error.IsFailure || validateOnly)
        {
            return error;
        }

        var configs = world.Metadata.Configs;
        foreach (var gone in configs.Of(resource.Owner, resource.Name).Keys.Where(key => !wanted.ContainsKey(key)).ToList())
        {
            configs.Set(resource.Owner, resource.Name, gone, null);
        }

        foreach (var (key, value) in wanted)
        {
            configs.Set(resource.Owner, resource.Name, key, value);
        }

        world.Metadata.NoteConfig();
        world.Say($"configs of {resource} are {{{string.Join(", ", wanted.Select(config => $"{config.Key}={config.Value}"))}}}");
        return ApiError.None;
    }

    private ApiError JudgeMinIsr(ConfigTarget resource, SortedDictionary<string, string> wanted)
    {
        var now = world.Metadata.Configs.Find(resource.Owner, resource.Name, MinIsr);
        if (resource.Owner != ConfigOwner.Broker || wanted.GetValueOrDefault(MinIsr) == now
            || !MetadataRules.HasEligibleLeaderReplicas(world.Metadata.Features.Now))
        {
            return ApiError.None;
        }

        return (resource.Name.Length > 0, wanted.ContainsKey(MinIsr)) switch
        {
            (true, _) => new(
                ErrorCode.InvalidConfig, "Broker-level min.insync.replicas cannot be altered while ELR is enabled."),
            (false, false) => new(
                ErrorCode.InvalidConfig, "Cluster-level min.insync.replicas cannot be removed while ELR is enabled."),
            (false, true) => ApiError.None,
        };
    }

    private ApiError JudgeValues(ConfigTarget resource, SortedDictionary<string, string> wanted) => resource.Owner switch
    {
        ConfigOwner.Topic when resource.Name.Length == 0 =>
            new(ErrorCode.InvalidRequest, "Default topic resources are not allowed."),
        ConfigOwner.Topic when TopicNames.WhyIllegal(resource.Name) is { } why => new(ErrorCode.InvalidTopicException, why),
        ConfigOwner.Topic => ConfigRules.JudgeTopic(world.Quorum.Profile!.Configs, wanted),
        ConfigOwner.Broker when resource.Name.Length > 0 => JudgeBrokerName(resource.Name),
        ConfigOwner.ClientMetrics when resource.Name.Length == 0 =>
            new(ErrorCode.InvalidRequest, "Subscription name can't be empty"),
        ConfigOwner.ClientMetrics => GroupConfigs.JudgeClientMetrics(wanted),
        ConfigOwner.Group when resource.Name.Length == 0 =>
            new(ErrorCode.InvalidRequest, "Default group resources are not allowed."),
        ConfigOwner.Group => GroupConfigs.JudgeGroup(wanted),
        _ => ApiError.None,
    };

    private static ApiError JudgeBrokerName(string name) =>
        !int.TryParse(name, CultureInfo.InvariantCulture, out var id)
            ? new(ErrorCode.InvalidRequest, "Unable to parse broker name as a base 10 number.")
            : id < 0 ? new(ErrorCode.InvalidRequest, "Invalid negative broker ID.") : ApiError.None;

    private ApiError JudgeExistence(ConfigTarget resource) => resource.Owner switch
    {
        ConfigOwner.Topic when world.Metadata.FindTopic(resource.Name) is null =>
            new(ErrorCode.UnknownTopicOrPartition, $"The topic '{resource.Name}' does not exist."),
        ConfigOwner.Broker when resource.Name.Length > 0 && !IsNode(int.Parse(resource.Name, CultureInfo.InvariantCulture)) =>
            new(ErrorCode.BrokerIdNotRegistered, $"No node with id {resource.Name} found."),
        _ => ApiError.None,
    };

    private bool IsNode(int id) => world.Metadata.Brokers.Now.ContainsKey(id) || world.Nodes.Find(id) is { IsController: true };

    private ConfigDefinition? DefinitionOf(ConfigTarget resource, string key) => resource.Owner switch
    {
        ConfigOwner.Topic => world.Quorum.Profile!.Configs.Topic.GetValueOrDefault(key),
        ConfigOwner.Broker => world.Quorum.Profile!.Configs.Broker.GetValueOrDefault(key),
        _ => null,
    };
}

/// <summary>What is configured.</summary>
/// <param name="Owner">What kind of thing.</param>
/// <param name="Name">Which one; empty for all brokers.</param>
internal readonly record struct ConfigTarget(ConfigOwner Owner, string Name)
{
    public override string ToString() => $"{Owner.ToString().ToLowerInvariant()} {(Name.Length == 0 ? "(default)" : Name)}";
}

/// <summary>One change of a config.</summary>
internal readonly record struct ConfigOp(string Key, ConfigOpKind Kind, string? Value);

/// <summary>What is done to a config (<c>AlterConfigOp.OpType</c>).</summary>
internal enum ConfigOpKind : sbyte
{
    Set = 0,
    Delete = 1,
    Append = 2,
    Subtract = 3,
}
