using System.IO.Compression;
using Metamorph.Kafka.Errors;

namespace Metamorph.Kafka.Records.Compression;

/// <summary>Compresses the records of a batch.</summary>
internal static class Compressor
{
    /// <exception cref="UnsupportedCompressionException">Neither none nor gzip is asked for.</exception>
    public static byte[] Compress(CompressionType compression, byte[] records) => compression switch
    {
        CompressionType.None => records,
        CompressionType.Gzip => Gzip(records),
        _ => throw new UnsupportedCompressionException(compression),
    };

    private static byte[] Gzip(byte[] records)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(records);
        }

        return compressed.ToArray();
    }
}
