using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Metamorph.Kafka.Protocol;

public ref partial struct KafkaReader
{
    /// <summary>Reads how many elements follow, of an array that cannot be null.</summary>
    /// <param name="compact">Whether the length is a compact one.</param>
    /// <param name="smallestElement">
    /// The bytes that even the smallest element takes: what makes a count believable.
    /// </param>
    public int ReadArrayLength(bool compact, int smallestElement)
    {
        var count = ReadNullableArrayLength(compact, smallestElement);
        return count >= 0 ? count : Malformed.Null<int>("array");
    }

    /// <summary>Reads how many elements follow; -1 when the array is null.</summary>
    /// <inheritdoc cref="ReadArrayLength"/>
    public int ReadNullableArrayLength(bool compact, int smallestElement)
    {
        var count = compact ? ReadCompactLength() : ReadInt32();
        if (count < -1 || (long)count * smallestElement > Remaining)
        {
            Malformed.Count(count, Remaining);
        }

        return count;
    }

    /// <summary>Reads 32-bit numbers; <c>null</c> stays null.</summary>
    public int[]? ReadNullableInt32Array(bool compact)
    {
        var count = ReadNullableArrayLength(compact, sizeof(int));
        return count < 0 ? null : ToInt32s(Take(count * sizeof(int)));
    }

    /// <summary>Reads 32-bit numbers.</summary>
    public int[] ReadInt32Array(bool compact) => ReadNullableInt32Array(compact) ?? Malformed.Null<int[]>("array");

    /// <summary>
    /// Reads 32-bit numbers; equal lists in one frame come back as one array, which nobody may change.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int[] ReadInternedInt32Array(bool compact)
    {
        var count = ReadArrayLength(compact, sizeof(int));
        if (count == 0)
        {
            return [];
        }

        var start = _position;
        Take(count * sizeof(int));
        _lists ??= new Int32ListInterner();
        return _lists.Get(_bytes, start, count * sizeof(int));
    }

    /// <summary>Reads 16-bit numbers; <c>null</c> stays null.</summary>
    public short[]? ReadNullableInt16Array(bool compact)
    {
        var count = ReadNullableArrayLength(compact, sizeof(short));
        if (count <= 0)
        {
            return count < 0 ? null : [];
        }

        var values = new short[count];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, short>(Take(count * sizeof(short))), values);
        return values;
    }

    /// <summary>Reads 16-bit numbers.</summary>
    public short[] ReadInt16Array(bool compact) => ReadNullableInt16Array(compact) ?? Malformed.Null<short[]>("array");

    /// <summary>Reads 64-bit numbers; <c>null</c> stays null.</summary>
    public long[]? ReadNullableInt64Array(bool compact)
    {
        var count = ReadNullableArrayLength(compact, sizeof(long));
        if (count <= 0)
        {
            return count < 0 ? null : [];
        }

        var values = new long[count];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, long>(Take(count * sizeof(long))), values);
        return values;
    }

    /// <summary>Reads 64-bit numbers.</summary>
    public long[] ReadInt64Array(bool compact) => ReadNullableInt64Array(compact) ?? Malformed.Null<long[]>("array");

    /// <summary>Reads signed bytes; <c>null</c> stays null.</summary>
    public sbyte[]? ReadNullableInt8Array(bool compact)
    {
        var count = ReadNullableArrayLength(compact, sizeof(sbyte));
        return count < 0 ? null : MemoryMarshal.Cast<byte, sbyte>(Take(count)).ToArray();
    }

    /// <summary>Reads signed bytes.</summary>
    public sbyte[] ReadInt8Array(bool compact) => ReadNullableInt8Array(compact) ?? Malformed.Null<sbyte[]>("array");

    /// <summary>Reads UUIDs; <c>null</c> stays null.</summary>
    public Guid[]? ReadNullableUuidArray(bool compact)
    {
        var count = ReadNullableArrayLength(compact, smallestElement: 16);
        if (count <= 0)
        {
            return count < 0 ? null : [];
        }

        var values = new Guid[count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ReadUuid();
        }

        return values;
    }

    /// <summary>Reads UUIDs.</summary>
    public Guid[] ReadUuidArray(bool compact) => ReadNullableUuidArray(compact) ?? Malformed.Null<Guid[]>("array");

    /// <summary>Reads strings; <c>null</c> stays null.</summary>
    public string[]? ReadNullableStringArray(bool compact)
    {
        var count = ReadNullableArrayLength(compact, smallestElement: compact ? 1 : sizeof(short));
        if (count <= 0)
        {
            return count < 0 ? null : [];
        }

        var values = new string[count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ReadString(compact);
        }

        return values;
    }

    /// <summary>Reads strings.</summary>
    public string[] ReadStringArray(bool compact) =>
        ReadNullableStringArray(compact) ?? Malformed.Null<string[]>("array");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int[] ToInt32s(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return [];
        }

        var values = new int[bytes.Length / sizeof(int)];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(bytes), values);
        return values;
    }
}
