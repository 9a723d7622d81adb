using System.Collections.Immutable;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Which versions a listener of a running node speaks.</summary>
internal static class Advertisement
{
    public static ImmutableSortedDictionary<ApiKey, VersionRange> Of(World world, NodeLife life, ListenerKind kind) =>
        life.Profile.AdvertisedBy(kind, world.Quorum.Profile, world.HandledApis)
            .ToImmutableSortedDictionary(api => api.Key, api => ThatCanBeRead(api.Key, api.Value));

    /// <summary>Whether a request in this version is taken; what is advertised for show alone (Produce 0 to 2) is not.</summary>
    public static bool Accepts(World world, NodeLife life, ListenerKind kind, ApiKey key, short version) =>
        world.Handlers.ContainsKey(key)
        && life.Profile.ServedBy(kind).TryGetValue(key, out var served)
        && served.Contains(version);

    /// <summary>
    /// The oldest versions of some APIs are not declared, and so not served. Produce says 0 all the same, as brokers from
    /// 4.0 on do that take nothing below 3: librdkafka compresses nothing where it does not see it (KAFKA-18659).
    /// </summary>
    private static VersionRange ThatCanBeRead(ApiKey key, VersionRange advertised) =>
        key == ApiKey.Produce ? advertised : advertised.Intersect(DeclaredApis.Find(key)!.Versions)!.Value;
}
