using Metamorph.Kafka.Errors;

namespace Metamorph.Kafka.Records.Compression;

/// <summary>Decompresses the records of a batch, up to a limit.</summary>
public static class Decompressor
{
    /// <summary>
    /// The most a batch may grow to. Kafka takes batches of 1 MiB unless told otherwise (<c>message.max.bytes</c>), and
    /// text rarely shrinks more than twentyfold; a few bytes of gzip can claim a thousandfold.
    /// </summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>The plain bytes. Those that are not compressed come back as they are, without a copy.</summary>
    /// <param name="compression">How they are compressed.</param>
    /// <param name="compressed">The bytes after a batch's header.</param>
    /// <param name="limit">The most they may grow to.</param>
    /// <exception cref="UnsupportedCompressionException">This build has no decoder for it.</exception>
    /// <exception cref="KafkaProtocolException">They are damaged, or grow beyond <paramref name="limit"/>.</exception>
    public static ReadOnlyMemory<byte> Decompress(
        CompressionType compression, ReadOnlyMemory<byte> compressed, int limit = MaxBytes) => compression switch
        {
            CompressionType.None => compressed,
            CompressionType.Gzip => GzipDecoder.Decode(compressed, limit),
            CompressionType.Snappy => SnappyDecoder.Decode(compressed.Span, limit),
            CompressionType.Lz4 => Lz4FrameDecoder.Decode(compressed.Span, limit),
            _ => throw new UnsupportedCompressionException(compression),
        };
}
