using System.Globalization;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>What a broker judges of a change of configs before it passes the request on (<c>ConfigAdminManager.preprocess</c>).</summary>
internal static class ConfigPreflight
{
    /// <summary>The verdict on one resource; null: the controller decides.</summary>
    public static ApiError? Judge(World world, SandboxNode node, ListenerKind listener, ConfigChange change)
    {
        if (change.Ops.GroupBy(op => op.Key).Any(key => key.Count() > 1))
        {
            return Refuse("Error due to duplicate config keys");
        }

        var withoutValue = change.Ops.Where(op => op.Kind != ConfigOpKind.Delete && op.Value is null).Select(op => op.Key).ToList();
        if (withoutValue.Count > 0)
        {
            return Refuse($"Null value not supported for : {string.Join(", ", withoutValue)}");
        }

        return change.Target.Owner switch
        {
            ConfigOwner.BrokerLogger when change.IsIncremental => Loggers.Alter(world, node, change),
            ConfigOwner.Broker when listener == ListenerKind.Broker => JudgeBroker(world, node, change),
            ConfigOwner.Broker or ConfigOwner.Topic => null,
            ConfigOwner.ClientMetrics or ConfigOwner.Group when IsKnown(node, change.Target.Owner) => null,
            _ => Refuse($"Unknown resource type {(sbyte)change.Target.Owner}"),
        };
    }

    /// <summary>Whether a broker's release has configs of that kind.</summary>
    public static bool IsKnown(SandboxNode node, ConfigOwner owner) => owner switch
    {
        ConfigOwner.ClientMetrics => node.Life!.Profile.Line >= new Metamorph.Model.ReleaseLine(3, 7),
        ConfigOwner.Group => node.Life!.Profile.Line >= new Metamorph.Model.ReleaseLine(4, 0),
        ConfigOwner.Topic or ConfigOwner.Broker or ConfigOwner.BrokerLogger => true,
        _ => false,
    };

    private static ApiError? JudgeBroker(World world, SandboxNode node, ConfigChange change)
    {
        var name = change.Target.Name;
        if (name.Length > 0)
        {
            if (!int.TryParse(name, CultureInfo.InvariantCulture, out var id))
            {
                return Refuse($"Node id must be an integer, but it is: {name}");
            }

            if (id != node.Id.Value)
            {
                return Refuse($"Unexpected broker id, expected {node.Id}, but received {name}");
            }
        }

        var catalog = node.Life!.Profile.Configs;
        if (change.Ops.FirstOrDefault(op => op.Kind is ConfigOpKind.Append or ConfigOpKind.Subtract
            && catalog.Broker.GetValueOrDefault(op.Key) is not { Type: ConfigValueType.List }) is { Key: { } key } wrong)
        {
            var act = wrong.Kind == ConfigOpKind.Append ? "append" : "subtract";
            return Refuse($"Config value {act} is not allowed for config key: {key}");
        }

        var set = change.Ops
            .Where(op => op.Kind == ConfigOpKind.Set)
            .ToDictionary(op => op.Key, op => op.Value!, StringComparer.Ordinal);
        return ConfigRules.JudgeBroker(catalog, set) is { IsFailure: true } error ? error : null;
    }

    private static ApiError Refuse(string why) => new(ErrorCode.InvalidRequest, why);
}

/// <summary>What is to be changed on one resource.</summary>
/// <param name="Target">The resource.</param>
/// <param name="Ops">The changes.</param>
/// <param name="IsIncremental">Other configs stay; otherwise these are all that it has.</param>
/// <param name="ValidateOnly">Nothing is to be changed.</param>
internal sealed record ConfigChange(ConfigTarget Target, IReadOnlyList<ConfigOp> Ops, bool IsIncremental, bool ValidateOnly);
