using System.Runtime.CompilerServices;

namespace Metamorph.Kafka.Protocol;

public ref partial struct KafkaReader
{
    /// <summary>Reads a number in groups of seven bits, the lowest first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadUnsignedVarint()
    {
        // Nearly every length and every tag count fits one byte.
        if ((uint)_position < (uint)_bytes.Length && _bytes[_position] < 0x80)
        {
            return _bytes[_position++];
        }

        return ReadLongUnsignedVarint();
    }

    /// <summary>Reads a varint whose small magnitudes of either sign are short.</summary>
    public int ReadVarint()
    {
        var value = ReadUnsignedVarint();
        return (int)(value >> 1) ^ -(int)(value & 1);
    }

    /// <summary>Reads a 64-bit varint whose small magnitudes of either sign are short.</summary>
    public long ReadVarlong()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            if (shift == 63 && next > 1)
            {
                break;
            }

            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (long)(value >> 1) ^ -(long)(value & 1);
            }
        }

        throw Malformed.VarintException();
    }

    private uint ReadLongUnsignedVarint()
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Take(1)[0];

            // The fifth byte has room for four bits only.
            if (shift == 28 && next > 0x0F)
            {
                break;
            }

            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Malformed.VarintException();
    }

    /// <summary>Reads a length that is written one higher, so that 0 means null; here null is -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadCompactLength()
    {
        var raised = ReadUnsignedVarint();
        if (raised > int.MaxValue)
        {
            Malformed.Length<int>("compact field", raised);
        }

        return (int)raised - 1;
    }
}
