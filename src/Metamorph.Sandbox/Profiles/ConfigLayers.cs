using System.Collections.Immutable;

namespace Metamorph.Sandbox;

/// <summary>All values that were set and bear on one broker, or one topic on it, by where they were set.</summary>
public sealed record ConfigLayers
{
    private static readonly ImmutableDictionary<string, string> None = ImmutableDictionary<string, string>.Empty;

    /// <summary>The topic's overrides; empty when a broker is meant.</summary>
    public IReadOnlyDictionary<string, string> Topic { get; init; } = None;

    /// <summary>Set at run time for this broker.</summary>
    public IReadOnlyDictionary<string, string> DynamicBroker { get; init; } = None;

    /// <summary>Set at run time for all brokers.</summary>
    public IReadOnlyDictionary<string, string> DynamicDefault { get; init; } = None;

    /// <summary>The broker's <c>server.properties</c>.</summary>
    public IReadOnlyDictionary<string, string> Static { get; init; } = None;
}
