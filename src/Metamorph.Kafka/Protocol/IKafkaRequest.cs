namespace Metamorph.Kafka.Protocol;

/// <summary>
/// What a client asks, seen by a sender: it needs to know what comes back, not what exactly is asked.
/// </summary>
/// <remarks>A request and its response always have the same versions, and are flexible from the same one on.</remarks>
public interface IKafkaRequest<TResponse> : IKafkaMessage
    where TResponse : IKafkaResponse<TResponse>
{
    /// <summary>Which API is asked.</summary>
    ApiKey Api => TResponse.Key;

    /// <summary>The versions this build can ask in.</summary>
    VersionRange SpokenVersions => TResponse.Versions;

    /// <summary>The version of the header that goes before the body.</summary>
    short RequestHeaderVersion(short version) =>
        HeaderVersions.OfRequest(TResponse.Key, version, TResponse.IsFlexible(version));
}
