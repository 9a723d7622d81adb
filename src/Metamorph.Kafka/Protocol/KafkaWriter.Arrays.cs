using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Metamorph.Kafka.Errors;

namespace Metamorph.Kafka.Protocol;

public ref partial struct KafkaWriter
{
    /// <summary>Appends how many elements follow; -1 for an array that is null.</summary>
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

    /// <summary>Refuses an array that is null where the version allows none, and appends how many elements follow.</summary>
    public void WriteArrayLength<T>(T[]? array, bool compact)
    {
        if (array is null)
        {
            throw new KafkaProtocolException("a null array where the version allows none");
        }

        WriteLength(array.Length, compact);
    }

    /// <summary>Appends how many elements follow, or that the array is null.</summary>
    public void WriteNullableArrayLength<T>(T[]? array, bool compact) => WriteLength(array?.Length ?? -1, compact);

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
