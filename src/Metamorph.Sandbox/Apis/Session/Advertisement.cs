using System.Collections.Immutable;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Which versions a listener of a running node speaks.</summary>
internal static class Advertisement
{
    public static ImmutableSortedDictionary<ApiKey, VersionRange> Of(World world, NodeLife life, ListenerKind kind) =>
        life.Profile.AdvertisedBy(kind, world.Quorum.Profile, world.HandledApis);

    /// <summary>Whether a request in this version is taken; what is advertised for show alone (Produce 0 to 2) is not.</summary>
    public static bool Accepts(World world, NodeLife life, ListenerKind kind, ApiKey key, short version) =>
        world.Handlers.ContainsKey(key)
        && life.Profile.ServedBy(kind).TryGetValue(key, out var served)
        && served.Contains(version);
}
