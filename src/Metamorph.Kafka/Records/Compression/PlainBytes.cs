using Metamorph.Kafka.Errors;

namespace Metamorph.Kafka.Records.Compression;

/// <summary>Collects what a decoder puts out. It grows with what really comes, and refuses more than a limit.</summary>
internal sealed class PlainBytes(int limit)
{
    private const int FirstCapacity = 4 * 1024;

    private byte[] _bytes = new byte[Math.Min(FirstCapacity, limit)];

    /// <summary>How many bytes there are.</summary>
    public int Length { get; private set; }

    /// <summary>What has been put out.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Next(bytes.Length));

    /// <summary>
    /// Adds bytes that were put out before, <paramref name="distance"/> back; they may overlap their own copy.
    /// </summary>
    /// <param name="distance">How far back.</param>
    /// <param name="length">How many bytes.</param>
    /// <param name="from">Where the earliest byte is that may be reached back to.</param>
    public void Repeat(int distance, int length, int from)
    {
        var source = Length - distance;
        if (distance <= 0 || source < from)
        {
            throw new KafkaProtocolException("compressed records refer to bytes before their beginning");
        }

        var target = Next(length);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = _bytes[source + i];
        }
    }

    private Span<byte> Next(int length)
    {
        if (length > limit - Length)
        {
            throw new KafkaProtocolException($"compressed records grow beyond {limit} bytes");
        }

        if (length > _bytes.Length - Length)
        {
            var capacity = Math.Min(limit, Math.Max((long)_bytes.Length * 2, (long)Length + length));
            Array.Resize(ref _bytes, (int)capacity);
        }

        var next = _bytes.AsSpan(Length, length);
        Length += length;
        return next;
    }
}
