using System.Collections.Immutable;
using Metamorph.Kafka.Groups;

namespace Metamorph.Kafka.Consuming;

/// <summary>How a consumer takes part in its group.</summary>
public sealed record GroupConsumerOptions
{
    public required GroupOptions Group { get; init; }

    public FetchOptions Fetch { get; init; } = new();

    /// <summary>Where to begin in partitions without a committed offset; those not named here begin at the start of their log.</summary>
    public ImmutableDictionary<int, long> Start { get; init; } = ImmutableDictionary<int, long>.Empty;

    /// <summary>How long the last commit and the farewell may take. Default 3 s: enough for one look for a coordinator that moved.</summary>
    public TimeSpan LeavePatience { get; init; } = TimeSpan.FromSeconds(3);
}
