using System.Collections.Immutable;

namespace Metamorph.Sandbox;

/// <summary>Where a front-end listens.</summary>
public sealed record TcpFrontEndOptions
{
    /// <summary>The address to listen on, which clients are told, too. Default 127.0.0.1.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The ports of listeners; those that are left out get a free one.</summary>
    public ImmutableDictionary<ListenerId, int> Ports { get; init; } = ImmutableDictionary<ListenerId, int>.Empty;

    /// <summary>What is taken of clients.</summary>
    public FrontEndLimits Limits { get; init; } = new();
}
