using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Metamorph.Kafka.Protocol;

public ref partial struct KafkaWriter
{
    /// <summary>Appends how many bytes or elements follow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteLength(int length, bool compact)
    {
        if (compact)
        {
            WriteUnsignedVarint((uint)(length + 1));
        }
        else
        {
            WriteInt32(length);
        }
    }

    /// <summary>Appends how many elements follow; -1 stands for an array that is null, which is refused.</summary>
    public void WriteArrayLength(int length, bool compact)
    {
        if (length < 0)
        {
            FieldGuard.NullArray();
        }

        WriteLength(length, compact);
    }

    /// <summary>Appends how many elements follow; -1 stands for an array that is null.</summary>
    public void WriteNullableArrayLength(int length, bool compact) => WriteLength(length, compact);

    /// <summary>Appends the elements of a primitive array, whose length went before.</summary>
    public void WriteElements(int[]? values)
    {
        var bytes = MemoryMarshal.Cast<byte, int>(Append(sizeof(int) * (values?.Length ?? 0)));
        BinaryPrimitives.ReverseEndianness(values, bytes);
    }

    /// <inheritdoc cref="WriteElements(int[])"/>
    public void WriteElements(short[]? values)
    {
        var bytes = MemoryMarshal.Cast<byte, short>(Append(sizeof(short) * (values?.Length ?? 0)));
        BinaryPrimitives.ReverseEndianness(values, bytes);
    }

    /// <inheritdoc cref="WriteElements(int[])"/>
    public void WriteElements(long[]? values)
    {
        var bytes = MemoryMarshal.Cast<byte, long>(Append(sizeof(long) * (values?.Length ?? 0)));
        BinaryPrimitives.ReverseEndianness(values, bytes);
    }

    /// <inheritdoc cref="WriteElements(int[])"/>
    public void WriteElements(sbyte[]? values) => WriteRaw(MemoryMarshal.AsBytes<sbyte>(values));

    /// <inheritdoc cref="WriteElements(int[])"/>
    public void WriteElements(Guid[]? values)
    {
        foreach (var value in values.AsSpan())
        {
            WriteUuid(value);
        }
    }

    /// <summary>Appends the elements of a string array, whose length went before.</summary>
    public void WriteElements(string[]? values, bool compact)
    {
        foreach (var value in values.AsSpan())
        {
            WriteString(value, compact);
        }
    }
}
