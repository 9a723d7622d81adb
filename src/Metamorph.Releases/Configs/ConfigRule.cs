using System.Collections.Immutable;
using System.Globalization;
using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>The limits of a number that a line enforces and earlier ones did not. Outside them a node does not start.</summary>
/// <param name="Name">The key.</param>
/// <param name="Since">The first line that enforces it.</param>
/// <param name="Min">The lowest value it takes.</param>
/// <param name="Max">The highest; null for no limit.</param>
public sealed record NumberRule(string Name, ReleaseLine Since, long Min, long? Max = null)
{
    private const long MiB = 1024 * 1024;

    /// <summary>Rules for <c>server.properties</c>.</summary>
    public static ImmutableArray<NumberRule> OfBrokers { get; } =
    [
        new("log.segment.bytes", new(4, 0), 1 * MiB),
        new("remote.log.manager.copier.thread.pool.size", new(4, 0), 1),
        new("remote.log.manager.expiration.thread.pool.size", new(4, 0), 1),
        new("metadata.log.segment.bytes", new(4, 1), 8 * MiB),
        new("controller.quorum.election.timeout.ms", new(4, 1), 0),
        new("controller.quorum.fetch.timeout.ms", new(4, 1), 0),
        new("controller.quorum.election.backoff.max.ms", new(4, 1), 0),
        new("controller.quorum.append.linger.ms", new(4, 1), 0),
        new("controller.quorum.request.timeout.ms", new(4, 1), 0),
        new("controller.quorum.retry.backoff.ms", new(4, 1), 0),
        new("num.replica.fetchers", new(4, 2), 1),
        new("share.coordinator.snapshot.update.records.per.snapshot", new(4, 3), 0, 500),
    ];

    /// <summary>Rules for a topic's overrides. A stored value outside them keeps every broker of the topic from starting.</summary>
    public static ImmutableArray<NumberRule> OfTopics { get; } = [new("segment.bytes", new(4, 1), 1 * MiB)];

    /// <summary>The finding on a value; null when it is within the limits, or the target does not enforce them.</summary>
    internal Finding? Judge(IReadOnlyDictionary<string, string> properties, ReleaseLine to, string subject)
    {
        if (to < Since || !properties.TryGetValue(Name, out var text))
        {
            return null;
        }

        var allowed = Max is { } max ? $"{Min} to {max}, enforced since {Since}" : $"{Min} or more, enforced since {Since}";
        if (!long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return new Finding(
                FindingSeverity.Warning, "config-not-judged", subject, $"{Name}={text}", $"{Name} of {allowed}",
                "make sure of the value by hand: it is not a plain number here");
        }

        return value >= Min && value <= (Max ?? long.MaxValue)
            ? null
            : new Finding(
                FindingSeverity.Refusal, "config-out-of-range", subject, $"{Name}={value}", $"{Name} of {allowed}",
                $"set {Name} to {(value < Min ? Min : Max)}, or remove it, before the upgrade: {to} does not start with it");
    }
}
