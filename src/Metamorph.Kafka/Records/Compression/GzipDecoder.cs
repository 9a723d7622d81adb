using System.IO.Compression;
using System.Runtime.InteropServices;
using Metamorph.Kafka.Errors;

namespace Metamorph.Kafka.Records.Compression;

/// <summary>Decodes gzip.</summary>
internal static class GzipDecoder
{
    public static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> compressed, int limit)
    {
        var source = MemoryMarshal.TryGetArray(compressed, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(compressed.ToArray(), writable: false);
        using var gzip = new GZipStream(source, CompressionMode.Decompress);
        var plain = new PlainBytes(limit);
        var chunk = new byte[16 * 1024];
        try
        {
            for (var read = gzip.Read(chunk); read > 0; read = gzip.Read(chunk))
            {
                plain.Append(chunk.AsSpan(0, read));
            }
        }
        catch (InvalidDataException damage)
        {
            throw new KafkaProtocolException("gzip records are damaged", damage);
        }

        return plain.Written;
    }
}
