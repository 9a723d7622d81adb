using System.Buffers;
using System.Buffers.Binary;
using Metamorph.Kafka.Errors;

namespace Metamorph.Sandbox;

/// <summary>Reads the frames that a client sends. A size is believed only as far as its bytes arrive.</summary>
/// <remarks>
/// Small frames stay in a small buffer of the connection; a further request may lie there unread, as it would in a
/// socket's. A large one gets an array of its own, which grows with what has arrived and counts in the budget.
/// </remarks>
internal sealed class RequestReader(Stream stream, int maxBytes, ByteBudget budget) : IDisposable
{
    /// <summary>Holds any request but those that carry records; each idle connection costs as much.</summary>
    private const int SmallBytes = 4096;

    /// <summary>What is allocated on a mere announcement.</summary>
    private const int Trusted = 64 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(SmallBytes);
    private int start;
    private int end;
    private int taken;

    /// <returns>The frame without its size, valid until the next call unless it is owned; null at the end of the stream
    /// between two frames.</returns>
    /// <exception cref="KafkaProtocolException">The size is impossible, or there is no memory for so much.</exception>
    /// <exception cref="IOException">The stream broke, or ended inside a frame.</exception>
    public async ValueTask<RequestFrame?> ReadAsync()
    {
        GiveBack();
        int length;
        while (!HasSmallFrame(out length))
        {
            if (length > buffer.Length - sizeof(int))
            {
                start += sizeof(int);
                return new RequestFrame(await ReadLargeAsync(length), IsOwned: true);
            }

            MoveToFront();
            var got = await stream.ReadAsync(buffer.AsMemory(end));
            if (got == 0)
            {
                return start == end ? null : throw new EndOfStreamException("the connection ended inside a request");
            }

            end += got;
        }

        start += sizeof(int) + length;
        return new RequestFrame(buffer.AsMemory(start - length, length), IsOwned: false);
    }

    public void Dispose()
    {
        GiveBack();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    /// <summary>Whether a whole frame lies in the buffer.</summary>
    /// <param name="length">Of the frame, as announced; 0 while it is not known.</param>
    private bool HasSmallFrame(out int length)
    {
        length = 0;
        if (end - start < sizeof(int))
        {
            return false;
        }

        length = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(start));
        return length < 0 || length > maxBytes
            ? throw new KafkaProtocolException($"a request announces {length} bytes; between 0 and {maxBytes} are accepted")
            : end - start >= sizeof(int) + length;
    }

    private void MoveToFront()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
    }

    private async ValueTask<byte[]> ReadLargeAsync(int length)
    {
        var frame = Array.Empty<byte>();
        Grow(ref frame, Math.Min(length, Trusted));
        var filled = end - start;
        buffer.AsSpan(start, filled).CopyTo(frame);
        (start, end) = (0, 0);
        while (filled < length)
        {
            if (filled == frame.Length)
            {
                Grow(ref frame, (int)Math.Min(length, 2L * filled));
            }

            var got = await stream.ReadAsync(frame.AsMemory(filled));
            if (got == 0)
            {
                throw new EndOfStreamException("the connection ended inside a request");
            }

            filled += got;
        }

        return frame;
    }

    private void Grow(ref byte[] frame, int bytes)
    {
        if (!budget.TryTake(bytes - frame.Length))
        {
            throw new KafkaProtocolException($"no memory is left for a request of {bytes} bytes and more");
        }

        taken += bytes - frame.Length;
        Array.Resize(ref frame, bytes);
    }

    private void GiveBack()
    {
        budget.GiveBack(taken);
        taken = 0;
    }
}

/// <summary>A request as it arrived, without its size.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="IsOwned">Whether they stay as they are.</param>
internal readonly record struct RequestFrame(ReadOnlyMemory<byte> Bytes, bool IsOwned);
