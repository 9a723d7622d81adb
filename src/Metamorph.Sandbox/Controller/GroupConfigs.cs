using System.Globalization;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>The configs of groups (KIP-848) and of client metrics subscriptions (KIP-714): few, and in no catalog.</summary>
internal static class GroupConfigs
{
    /// <summary>What a group has that nobody has configured, by the names that all releases with groups of KIP-848 know.</summary>
    public static IReadOnlyDictionary<string, string> GroupDefaults { get; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["consumer.heartbeat.interval.ms"] = "5000",
            ["consumer.session.timeout.ms"] = "45000",
        };

    private static readonly string[] LaterGroupKeys =
    [
        "share.session.timeout.ms", "share.heartbeat.interval.ms", "share.record.lock.duration.ms", "share.auto.offset.reset",
        "share.isolation.level", "streams.session.timeout.ms", "streams.heartbeat.interval.ms", "streams.num.standby.replicas",
    ];

    private static readonly string[] ClientMetricsKeys = ["metrics", "interval.ms", "match"];

    public static ApiError JudgeGroup(IReadOnlyDictionary<string, string> configs)
    {
        foreach (var (key, value) in configs)
        {
            if (!GroupDefaults.ContainsKey(key) && !LaterGroupKeys.Contains(key))
            {
                return new(ErrorCode.InvalidConfig, $"Unknown group config name: {key}");
            }

            if (key.EndsWith(".ms", StringComparison.Ordinal) && !int.TryParse(value, CultureInfo.InvariantCulture, out _))
            {
                return new(ErrorCode.InvalidConfig, $"Invalid value {value} for configuration {key}: Not a number of type INT");
            }
        }

        return ApiError.None;
    }

    public static ApiError JudgeClientMetrics(IReadOnlyDictionary<string, string> configs) =>
        configs.Keys.FirstOrDefault(key => !ClientMetricsKeys.Contains(key)) is { } unknown
            ? new(ErrorCode.InvalidRequest, $"Unknown client metrics configuration: {unknown}")
            : ApiError.None;
}
