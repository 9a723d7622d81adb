using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>A broker's registration, as the metadata log has it (<c>BrokerRegistration</c>).</summary>
internal sealed record BrokerRecord
{
    public required int Id { get; init; }

    /// <summary>The offset of the registration's own record.</summary>
    public required long Epoch { get; init; }

    public required Guid Incarnation { get; init; }

    public required bool IsFenced { get; init; }

    public bool IsInControlledShutdown { get; init; }

    /// <summary>The features that its registration told; a controller before 3.9 does not hear of those with minimum 0.</summary>
    public required ImmutableSortedDictionary<string, FeatureRange> Features { get; init; }

    public string? Rack { get; init; }

    public required Endpoint Endpoint { get; init; }

    /// <summary>Its log dirs that are offline.</summary>
    public ImmutableHashSet<int> OfflineDirs { get; init; } = [];

    /// <summary>It may lead and be in an ISR (<c>ClusterControlManager.isActive</c>).</summary>
    public bool IsActive => !IsFenced && !IsInControlledShutdown;
}
