using System.Buffers.Binary;
using Metamorph.Kafka.Errors;

namespace Metamorph.Kafka.Connections;

/// <summary>Reads size-delimited frames. A size is believed only as far as its bytes arrive.</summary>
internal sealed class FrameReader(Stream stream, int maxBytes)
{
    /// <summary>What is allocated on a mere announcement; beyond it the buffer grows with what has arrived.</summary>
    private const int Trusted = 1024 * 1024;

    /// <summary>Most answers are smaller, and are read together with their size.</summary>
    private readonly byte[] buffer = new byte[1024];

    private int start;
    private int end;

    /// <returns>The frame without its size, in an array of its own; null at the end of the stream between two
    /// frames.</returns>
    /// <exception cref="KafkaProtocolException">The size is negative or above the limit: the stream cannot be read
    /// on.</exception>
    /// <exception cref="IOException">The stream broke, or ended inside a frame.</exception>
    public async ValueTask<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        while (end - start < sizeof(int))
        {
            MoveToFront();
            var got = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (got == 0)
            {
                return start == end ? null : throw new EndOfStreamException("the connection ended inside a frame's size");
            }

            end += got;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(start));
        if (length < 0 || length > maxBytes)
        {
            throw new KafkaProtocolException(
                $"a frame announces {length} bytes; between 0 and {maxBytes} are accepted");
        }

        start += sizeof(int);
        var frame = new byte[Math.Min(length, Trusted)];
        var filled = TakeBuffered(frame);
        while (filled < length)
        {
            if (filled == frame.Length)
            {
                Array.Resize(ref frame, (int)Math.Min(length, 2L * filled));
            }

            var got = await stream.ReadAsync(frame.AsMemory(filled), cancellationToken);
            if (got == 0)
            {
                throw new EndOfStreamException("the connection ended inside a frame");
            }

            filled += got;
        }

        return frame;
    }

    private void MoveToFront()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
    }

    private int TakeBuffered(Span<byte> frame)
    {
        var taken = Math.Min(frame.Length, end - start);
        buffer.AsSpan(start, taken).CopyTo(frame);
        start += taken;
        return taken;
    }
}
