using System.Numerics;
using System.Runtime.CompilerServices;

namespace Metamorph.Kafka.Protocol;

public ref partial struct KafkaWriter
{
    /// <summary>Appends a number in groups of seven bits, the lowest first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUnsignedVarint(uint value)
    {
        if (value < 0x80)
        {
            Append(1)[0] = (byte)value;
        }
        else
        {
            WriteLongUnsignedVarint(value);
        }
    }

    /// <summary>Appends a varint whose small magnitudes of either sign are short.</summary>
    public void WriteVarint(int value) => WriteUnsignedVarint((uint)(value << 1) ^ (uint)(value >> 31));

    /// <summary>Appends a 64-bit varint whose small magnitudes of either sign are short.</summary>
    public void WriteVarlong(long value) => WriteLongUnsignedVarint((ulong)(value << 1) ^ (ulong)(value >> 63));

    /// <summary>How many bytes <see cref="WriteUnsignedVarint"/> takes.</summary>
    internal static int SizeOfUnsignedVarint(uint value) => ((BitOperations.Log2(value | 1) / 7) + 1);

    /// <summary>How many bytes <see cref="WriteVarint"/> takes.</summary>
    internal static int SizeOfVarint(int value) => SizeOfUnsignedVarint((uint)(value << 1) ^ (uint)(value >> 31));

    /// <summary>How many bytes <see cref="WriteVarlong"/> takes.</summary>
    internal static int SizeOfVarlong(long value) =>
        (BitOperations.Log2(((ulong)(value << 1) ^ (ulong)(value >> 63)) | 1) / 7) + 1;

    private void WriteLongUnsignedVarint(ulong value)
    {
        while (value >= 0x80)
        {
            Append(1)[0] = (byte)(value | 0x80);
            value >>= 7;
        }

        Append(1)[0] = (byte)value;
    }
}
