using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Metamorph.Kafka.Protocol;

/// <summary>Gives one array for all equal lists of a frame, found by the bytes they are written in.</summary>
/// <remarks>
/// Kafka places partitions in stripes, so 200,000 partitions on 60 brokers have only some 3,500 replica lists, and the
/// in-sync list nearly always equals the replica list. The table is bounded, and so is each search in it: placement
/// that never repeats, or a hostile frame of colliding lists, costs sharing but neither time nor much memory.
/// </remarks>
internal sealed class Int32ListInterner
{
    // Room for every striped list of 100 brokers (100 × 99); at 16 bytes a slot the full table is a quarter of a
    // megabyte.
    private const int MaxSlots = 1 << 14;
    private const int MaxProbes = 8;

    private Slot[] _slots = new Slot[64];
    private int _used;
    private int[] _last = [];
    private int _lastStart = -1;

    /// <summary>The array for the list at <paramref name="start"/>.</summary>
    public int[] Get(ReadOnlySpan<byte> frame, int start, int length)
    {
        var list = frame.Slice(start, length);

        // An in-sync list follows the replica list it usually equals.
        if (_lastStart >= 0
            && _last.Length * sizeof(int) == length
            && frame.Slice(_lastStart, length).SequenceEqual(list))
        {
            return _last;
        }

        _last = Find(frame, list, start);
        _lastStart = start;
        return _last;
    }

    private int[] Find(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> list, int start)
    {
        var hash = Hash(list);
        var mask = _slots.Length - 1;
        for (var probe = 0; probe < MaxProbes; probe++)
        {
            ref var slot = ref _slots[(int)(hash + (uint)probe) & mask];
            if (slot.Values is null)
            {
                return Add(ref slot, hash, list, start);
            }

            if (slot.Hash == hash
                && slot.Values.Length * sizeof(int) == list.Length
                && frame.Slice(slot.Start, list.Length).SequenceEqual(list))
            {
                return slot.Values;
            }
        }

        return KafkaReader.ToInt32s(list);
    }

    private int[] Add(ref Slot slot, uint hash, ReadOnlySpan<byte> list, int start)
    {
        var values = KafkaReader.ToInt32s(list);
        slot = new Slot { Values = values, Hash = hash, Start = start };
        if (++_used * 2 > _slots.Length && _slots.Length < MaxSlots)
        {
            Grow();
        }

        return values;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new Slot[old.Length * 4];
        var mask = _slots.Length - 1;
        foreach (var slot in old)
        {
            for (var probe = 0; slot.Values is not null && probe < MaxProbes; probe++)
            {
                ref var place = ref _slots[(int)(slot.Hash + (uint)probe) & mask];
                if (place.Values is null)
                {
                    place = slot;
                    break;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(ReadOnlySpan<byte> list)
    {
        var hash = (ulong)list.Length;
        foreach (var value in MemoryMarshal.Cast<byte, uint>(list))
        {
            hash = (hash ^ value) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 32;
        }

        return (uint)hash;
    }

    private struct Slot
    {
        public int[]? Values;
        public uint Hash;
        public int Start;
    }
}
