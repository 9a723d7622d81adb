using Metamorph.Kafka.Records;

namespace Metamorph.Kafka.Errors;

/// <summary>Records are compressed in a way that this build cannot undo, or was asked for and cannot do.</summary>
/// <remarks>
/// Everything else stays usable: the connection, and the batch itself, whose header is readable and whose bytes can be
/// passed on as they are.
/// </remarks>
public sealed class UnsupportedCompressionException(CompressionType compression)
    : KafkaException($"this build cannot work with {compression} compression")
{
    /// <summary>Which compression it is.</summary>
    public CompressionType Compression { get; } = compression;

    /// <inheritdoc/>
    public override bool IsRetriable => false;
}
