using System.Buffers;

namespace Metamorph.Kafka.Protocol;

/// <summary>Bytes ready to send, in a pooled buffer. Dispose it once, after they were sent.</summary>
public readonly struct EncodedFrame : IDisposable
{
    private readonly byte[] _buffer;

    internal EncodedFrame(byte[] buffer, int length)
    {
        _buffer = buffer;
        Memory = buffer.AsMemory(0, length);
    }

    /// <summary>The bytes, until the frame is disposed.</summary>
    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>Gives the buffer back to the pool.</summary>
    public void Dispose()
    {
        if (_buffer is { Length: > 0 })
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
