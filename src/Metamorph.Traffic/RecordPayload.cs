using System.Buffers.Binary;
using Metamorph.Kafka.Records;

namespace Metamorph.Traffic;

/// <summary>What a record says of itself, so that whoever reads it can tell whose it is and whether it is whole.</summary>
/// <param name="Run">The run that made it.</param>
/// <param name="Producer">Which of the run's producers.</param>
/// <param name="Sequence">Its place among that producer's records of the same partition, from 0.</param>
/// <param name="IntendedMicros">When it was to be sent, in microseconds of Unix time.</param>
public readonly record struct RecordPayload(Guid Run, int Producer, long Sequence, long IntendedMicros)
{
    /// <summary>Mark, run, producer, sequence, time, and the checksum at the end.</summary>
    public const int MinBytes = HeaderBytes + ChecksumBytes;

    /// <summary>"MMT1" in ASCII: Metamorph traffic, first layout.</summary>
    private const uint Mark = 0x4D4D5431;

    private const int HeaderBytes = 4 + 16 + 4 + 8 + 8;
    private const int ChecksumBytes = 4;

    /// <summary>The record's value: the fields, filling that depends on them, and a CRC-32C of all before it.</summary>
    public byte[] Write(int bytes)
    {
        var value = new byte[bytes];
        var span = value.AsSpan();
        BinaryPrimitives.WriteUInt32BigEndian(span, Mark);
        Run.TryWriteBytes(span[4..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(span[20..], Producer);
        BinaryPrimitives.WriteInt64BigEndian(span[24..], Sequence);
        BinaryPrimitives.WriteInt64BigEndian(span[32..], IntendedMicros);
        span[HeaderBytes..^ChecksumBytes].Fill((byte)Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(span[^ChecksumBytes..], Crc32C.Of(span[..^ChecksumBytes]));
        return value;
    }

    /// <summary>Reads the fields; null where the value is not of this layout at all.</summary>
    /// <param name="value">A record's value.</param>
    /// <param name="isWhole">Whether the checksum fits.</param>
    public static RecordPayload? Read(ReadOnlySpan<byte> value, out bool isWhole)
    {
        isWhole = false;
        if (value.Length < MinBytes || BinaryPrimitives.ReadUInt32BigEndian(value) != Mark)
        {
            return null;
        }

        isWhole = BinaryPrimitives.ReadUInt32BigEndian(value[^ChecksumBytes..]) == Crc32C.Of(value[..^ChecksumBytes]);
        return ReadTrusted(value);
    }

    /// <summary>Reads the fields of a value that <see cref="Write"/> made and that never left this process.</summary>
    internal static RecordPayload ReadTrusted(ReadOnlySpan<byte> value) => new(
        new Guid(value.Slice(4, 16), bigEndian: true),
        BinaryPrimitives.ReadInt32BigEndian(value[20..]),
        BinaryPrimitives.ReadInt64BigEndian(value[24..]),
        BinaryPrimitives.ReadInt64BigEndian(value[32..]));
}
