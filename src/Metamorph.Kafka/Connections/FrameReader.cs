using System.Buffers.Binary;
using Metamorph.Kafka.Errors;

namespace Metamorph.Kafka.Connections;

/// <summary>Reads size-delimited frames. A size is believed only as far as its bytes arrive.</summary>
internal sealed class FrameReader(Stream stream, int maxBytes)
{
    /// <summary>What is allocated on a mere announcement; beyond it the buffer grows with what has arrived.</summary>
    private const int Trusted = 1024 * 1024;

    private readonly byte[] size = new byte[4];

    /// <returns>The frame without its size, in an array of its own; null at the end of the stream between two
    /// frames.</returns>
    /// <exception cref="KafkaProtocolException">The size is negative or above the limit: the stream cannot be read
    /// on.</exception>
    /// <exception cref="IOException">The stream broke, or ended inside a frame.</exception>
    public async ValueTask<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        var got = await FillAsync(size, cancellationToken);
        if (got == 0)
        {
            return null;
        }

        if (got < size.Length)
        {
            throw new EndOfStreamException("the connection ended inside a frame's size");
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(size);
        if (length < 0 || length > maxBytes)
        {
            throw new KafkaProtocolException(
                $"a frame announces {length} bytes; between 0 and {maxBytes} are accepted");
        }

        return await ReadBodyAsync(length, cancellationToken);
    }

    private async ValueTask<byte[]> ReadBodyAsync(int length, CancellationToken cancellationToken)
    {
        var frame = new byte[Math.Min(length, Trusted)];
        var filled = 0;
        while (true)
        {
            filled += await FillAsync(frame.AsMemory(filled), cancellationToken);
            if (filled < frame.Length)
            {
                throw new EndOfStreamException("the connection ended inside a frame");
            }

            if (filled == length)
            {
                return frame;
            }

            Array.Resize(ref frame, (int)Math.Min(length, 2L * filled));
        }
    }

    /// <summary>Fills the buffer; less only at the end of the stream.</summary>
    /// <remarks>The stream's own ReadAtLeastAsync does not come back to the caller's scheduler in between.</remarks>
    private async ValueTask<int> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            var got = await stream.ReadAsync(buffer[filled..], cancellationToken);
            if (got == 0)
            {
                break;
            }

            filled += got;
        }

        return filled;
    }
}
