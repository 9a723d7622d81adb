using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Metamorph.Kafka.Errors;

namespace Metamorph.Kafka.Protocol;

/// <summary>Appends the protocol's primitive types to a pooled buffer that grows as needed.</summary>
/// <remarks>
/// Make it, pass it by reference, take the bytes (<see cref="ToArray"/> copies, <see cref="WrittenSpan"/> does not),
/// and
/// <see cref="Dispose"/> it: the buffer then goes back to the pool. A copy of the struct must not be used beside it.
/// </remarks>
public ref partial struct KafkaWriter
{
    private const int DefaultCapacity = 1024;

    private byte[] _buffer;
    private int _position;

    /// <summary>Starts empty, with room for <paramref name="capacity"/> bytes.</summary>
    public KafkaWriter(int capacity)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(capacity);
    }

    /// <summary>Starts empty.</summary>
    public KafkaWriter()
        : this(DefaultCapacity)
    {
    }

    /// <summary>How many bytes have been written.</summary>
    public readonly int Length => _position;

    /// <summary>What has been written, until the next write or <see cref="Dispose"/>.</summary>
    public readonly ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, _position);

    /// <summary>A copy of what has been written.</summary>
    public readonly byte[] ToArray() => WrittenSpan.ToArray();

    /// <summary>Hands the buffer over instead of copying it; the writer is then empty and finished.</summary>
    public EncodedFrame Detach()
    {
        var frame = new EncodedFrame(_buffer, _position);
        _buffer = [];
        _position = 0;
        return frame;
    }

    /// <summary>Gives the buffer back to the pool.</summary>
    public void Dispose()
    {
        if (_buffer is { Length: > 0 })
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = [];
        _position = 0;
    }

    /// <summary>Appends a signed byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt8(sbyte value) => Append(1)[0] = (byte)value;

    /// <summary>Appends a truth value as 1 or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteBool(bool value) => Append(1)[0] = value ? (byte)1 : (byte)0;

    /// <summary>Appends two bytes, the higher one first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt16(short value) => BinaryPrimitives.WriteInt16BigEndian(Append(2), value);

    /// <summary>Appends two bytes without a sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Append(2), value);

    /// <summary>Appends four bytes, the highest one first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32BigEndian(Append(4), value);

    /// <summary>Appends four bytes without a sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Append(4), value);

    /// <summary>Appends eight bytes, the highest one first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64BigEndian(Append(8), value);

    /// <summary>Appends an IEEE 754 double.</summary>
    public void WriteFloat64(double value) => BinaryPrimitives.WriteDoubleBigEndian(Append(8), value);

    /// <summary>Appends the sixteen bytes of a UUID in the order they are read in.</summary>
    public void WriteUuid(Guid value) => value.TryWriteBytes(Append(16), bigEndian: true, out _);

    /// <summary>Appends whether a nullable struct follows.</summary>
    public void WritePresence(bool isPresent) => WriteInt8(isPresent ? (sbyte)1 : (sbyte)-1);

    /// <summary>
    /// Replaces the four bytes at <paramref name="position"/>, as for a size that is known only afterwards.
    /// </summary>
    public readonly void PatchInt32(int position, int value) =>
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(0, _position).Slice(position, sizeof(int)), value);

    /// <summary>Appends bytes as they are, without a length.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Append(bytes.Length));

    /// <summary>Appends a string that cannot be null.</summary>
    public void WriteString(string value, bool compact)
    {
        if (value is null)
        {
            throw new KafkaProtocolException("a null string where the version allows none");
        }

        // Three bytes a character are the most there can be; short strings, nearly all, are then encoded in one pass.
        if (value.Length * 3 < 0x7F)
        {
            WriteShortString(value, compact);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        if (length > short.MaxValue)
        {
            throw new KafkaProtocolException($"a string of {length} bytes; Kafka takes {short.MaxValue}");
        }

        if (compact)
        {
            WriteUnsignedVarint((uint)length + 1);
        }
        else
        {
            WriteInt16((short)length);
        }

        Encoding.UTF8.GetBytes(value, Append(length));
    }

    /// <summary>Appends a string that may be null.</summary>
    public void WriteNullableString(string? value, bool compact)
    {
        if (value is not null)
        {
            WriteString(value, compact);
        }
        else if (compact)
        {
            WriteUnsignedVarint(0);
        }
        else
        {
            WriteInt16(-1);
        }
    }

    /// <summary>Appends bytes, or records, that cannot be null.</summary>
    public void WriteBytes(ReadOnlyMemory<byte>? value, bool compact)
    {
        if (value is not { } bytes)
        {
            throw new KafkaProtocolException("null bytes where the version allows none");
        }

        WriteLength(bytes.Length, compact);
        WriteRaw(bytes.Span);
    }

    /// <summary>Appends bytes, or records, that may be null.</summary>
    public void WriteNullableBytes(ReadOnlyMemory<byte>? value, bool compact)
    {
        if (value is { } bytes)
        {
            WriteLength(bytes.Length, compact);
            WriteRaw(bytes.Span);
        }
        else
        {
            WriteLength(-1, compact);
        }
    }

    private void WriteShortString(string value, bool compact)
    {
        var head = compact ? 1 : 2;
        var room = Append(head + (value.Length * 3));
        var length = Encoding.UTF8.GetBytes(value, room[head..]);
        if (compact)
        {
            room[0] = (byte)(length + 1);
        }
        else
        {
            BinaryPrimitives.WriteInt16BigEndian(room, (short)length);
        }

        _position -= (value.Length * 3) - length;
    }

    /// <summary>The next <paramref name="length"/> bytes, which are then written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Append(int length)
    {
        var start = _position;
        if ((uint)length > (uint)(_buffer.Length - start))
        {
            Grow(length);
        }

        // The bounds have just been checked, and this runs once for every number written.
        _position = start + length;
        return MemoryMarshal.CreateSpan(
            ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), (nint)(uint)start), length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int length)
    {
        // A frame's size is a signed 32-bit number, and Kafka takes far less (socket.request.max.bytes is 100 MB).
        var wanted = (long)_position + length;
        if (wanted > Array.MaxLength)
        {
            throw new KafkaProtocolException($"a message of {wanted} bytes does not fit a frame");
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(wanted, _buffer.Length * 2L), Array.MaxLength));
        WrittenSpan.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
