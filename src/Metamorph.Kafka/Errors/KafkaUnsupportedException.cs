using Metamorph.Kafka.Protocol;
using Metamorph.Model;

namespace Metamorph.Kafka.Errors;

/// <summary>A node does not speak an API, or only in versions that this build does not.</summary>
/// <remarks>Nothing was sent; the connection stays usable. Not retriable: the node says the same until it runs another release.</remarks>
public sealed class KafkaUnsupportedException(ApiKey api, Endpoint endpoint, VersionRange? theirs, VersionRange ours)
    : KafkaException(
        theirs is { } range
            ? $"{endpoint}: speaks {api} in versions {range}; this build speaks {ours}"
            : $"{endpoint}: does not have {api}")
{
    public ApiKey Api { get; } = api;

    /// <inheritdoc/>
    public override bool IsRetriable => false;
}
