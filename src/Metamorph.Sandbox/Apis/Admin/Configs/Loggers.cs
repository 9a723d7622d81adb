using System.Collections.Immutable;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>The loggers of a node, as <c>log4j</c> is set up in Kafka's distribution (KIP-412).</summary>
internal static class Loggers
{
    private const string Root = "root";

    private static readonly string[] Levels = ["DEBUG", "ERROR", "FATAL", "INFO", "TRACE", "WARN"];

    private static readonly ImmutableSortedDictionary<string, string> AtStart = new Dictionary<string, string>
    {
        [Root] = "INFO",
        ["kafka"] = "INFO",
        ["kafka.authorizer.logger"] = "INFO",
        ["kafka.controller"] = "INFO",
        ["kafka.log.LogCleaner"] = "INFO",
        ["kafka.network.RequestChannel$"] = "WARN",
        ["kafka.request.logger"] = "WARN",
        ["org.apache.kafka"] = "INFO",
        ["state.change.logger"] = "INFO",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The level of each logger.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(World world, SandboxNode node) =>
        AtStart.SetItems(world.Metadata.Configs.Of(ConfigOwner.BrokerLogger, $"{node.Id}"));

    /// <summary>Sets levels on the node that was asked; no controller hears of it.</summary>
    public static ApiError Alter(World world, SandboxNode node, ConfigChange change)
    {
        if (change.Target.Name != $"{node.Id}")
        {
            return Refuse($"Unexpected broker id, expected {node.Id}, but received {change.Target.Name}");
        }

        foreach (var op in change.Ops)
        {
            if (Judge(op) is { IsFailure: true } error)
            {
                return error;
            }
        }

        foreach (var op in change.ValidateOnly ? [] : change.Ops)
        {
            world.Metadata.Configs.Set(
                ConfigOwner.BrokerLogger, $"{node.Id}", op.Key, op.Kind == ConfigOpKind.Set ? op.Value : null);
        }

        return ApiError.None;
    }

    private static ApiError Judge(ConfigOp op) => op.Kind switch
    {
        _ when !AtStart.ContainsKey(op.Key) => new(ErrorCode.InvalidConfig, $"Logger {op.Key} does not exist!"),
        ConfigOpKind.Set when !Levels.Contains(op.Value) => new(
            ErrorCode.InvalidConfig,
            $"Cannot set the log level of {op.Key} to {op.Value} as it is not a supported log level. "
            + $"Valid log levels are {string.Join(", ", Levels)}"),
        ConfigOpKind.Delete when op.Key == Root =>
            Refuse($"Removing the log level of the {Root} logger is not allowed"),
        ConfigOpKind.Append or ConfigOpKind.Subtract =>
            Refuse($"{op.Kind.ToString().ToUpperInvariant()} operation is not allowed for the BROKER_LOGGER resource"),
        _ => ApiError.None,
    };

    private static ApiError Refuse(string why) => new(ErrorCode.InvalidRequest, why);
}
