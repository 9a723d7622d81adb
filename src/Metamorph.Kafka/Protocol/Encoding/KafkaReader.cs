using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Metamorph.Kafka.Protocol;

/// <summary>Reads the protocol's primitive types from a frame that arrived whole.</summary>
/// <remarks>
/// No length is believed: each is compared with the bytes that are left before anything is allocated for it, so what a
/// frame can make us allocate is proportional to what it really holds. Every method throws
/// <see cref="Errors.KafkaProtocolException"/> on bytes that make no sense, and only that; the position is then
/// undefined.
/// Byte fields are slices of the frame, not copies: see <see cref="IKafkaMessage{TSelf}.KeepsFrame"/>.
/// </remarks>
public ref partial struct KafkaReader
{
    private readonly ReadOnlyMemory<byte> _frame;
    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;
    private Int32ListInterner? _lists;

    /// <summary>Reads <paramref name="frame"/> from its first byte.</summary>
    public KafkaReader(ReadOnlyMemory<byte> frame)
    {
        _frame = frame;
        _bytes = frame.Span;
    }

    /// <summary>How many bytes have been read.</summary>
    public readonly int Position => _position;

    /// <summary>How many bytes are left.</summary>
    public readonly int Remaining => _bytes.Length - _position;

    /// <summary>Refuses bytes after the end of a message.</summary>
    /// <exception cref="Errors.KafkaProtocolException">There are some.</exception>
    public readonly void ExpectEnd()
    {
        if (Remaining != 0)
        {
            Malformed.TrailingBytes(Remaining);
        }
    }

    /// <summary>Reads a signed byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public sbyte ReadInt8() => (sbyte)Take(1)[0];

    /// <summary>Reads a byte as a truth value: anything but 0 is true.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ReadBool() => Take(1)[0] != 0;

    /// <summary>Reads two bytes, the higher one first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public short ReadInt16() => BinaryPrimitives.ReadInt16BigEndian(Take(2));

    /// <summary>Reads two bytes without a sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    /// <summary>Reads four bytes, the highest one first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadInt32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    /// <summary>Reads four bytes without a sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>Reads eight bytes, the highest one first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReadInt64() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    /// <summary>Reads an IEEE 754 double.</summary>
    public double ReadFloat64() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>Reads the sixteen bytes of a UUID in the order they are written in.</summary>
    public Guid ReadUuid() => new(Take(16), bigEndian: true);

    /// <summary>Reads whether a nullable struct follows.</summary>
    public bool ReadPresence() => ReadInt8() >= 0;

    /// <summary>Reads a string that cannot be null.</summary>
    public string ReadString(bool compact) => ReadNullableString(compact) ?? Malformed.Null<string>("string");

    /// <summary>Reads a string that may be null.</summary>
    public string? ReadNullableString(bool compact)
    {
        var length = compact ? ReadCompactLength() : ReadInt16();
        if (length < 0)
        {
            return length == -1 ? null : Malformed.Length<string>("string", length);
        }

        // Kafka refuses longer ones in either encoding.
        if (length > short.MaxValue)
        {
            Malformed.Length<string>("string", length);
        }

        return length == 0 ? "" : Encoding.UTF8.GetString(Take(length));
    }

    /// <summary>Reads bytes, or records, that cannot be null. They are a slice of the frame.</summary>
    public ReadOnlyMemory<byte> ReadBytes(bool compact) =>
        ReadNullableBytes(compact) ?? Malformed.Null<ReadOnlyMemory<byte>>("bytes");

    /// <summary>Reads bytes, or records, that may be null. They are a slice of the frame.</summary>
    public ReadOnlyMemory<byte>? ReadNullableBytes(bool compact)
    {
        var length = compact ? ReadCompactLength() : ReadInt32();
        if (length < 0)
        {
            // A bare null would become empty bytes: an array converts to memory, and null converts to an array.
            return length == -1 ? (ReadOnlyMemory<byte>?)null : Malformed.Length<ReadOnlyMemory<byte>>("bytes", length);
        }

        var start = _position;
        Take(length);
        return _frame.Slice(start, length);
    }

    /// <summary>Takes the next <paramref name="length"/> bytes as they are.</summary>
    public ReadOnlySpan<byte> ReadRaw(int length) =>
        length >= 0 ? Take(length) : throw Malformed.LengthException("raw bytes", length);

    /// <summary>The next <paramref name="length"/> bytes, which are then read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(int length)
    {
        var start = _position;
        if ((uint)length > (uint)(_bytes.Length - start))
        {
            Malformed.Truncated(length, _bytes.Length - start);
        }

        _position = start + length;
        return _bytes.Slice(start, length);
    }
}
