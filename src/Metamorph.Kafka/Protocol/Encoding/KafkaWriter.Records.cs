using System.Text;

namespace Metamorph.Kafka.Protocol;

public ref partial struct KafkaWriter
{
    /// <summary>Appends bytes as records have them, after a varint length.</summary>
    public void WriteVarintBytes(ReadOnlyMemory<byte>? value)
    {
        WriteVarint(value?.Length ?? -1);
        WriteRaw(value.GetValueOrDefault().Span);
    }

    /// <summary>Appends a string as record headers have it, after a varint length.</summary>
    public void WriteVarintString(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        WriteVarint(length);
        Encoding.UTF8.GetBytes(value, Append(length));
    }

    /// <summary>How many bytes <see cref="WriteVarintBytes"/> takes.</summary>
    internal static int SizeOfVarintBytes(ReadOnlyMemory<byte>? value) =>
        SizeOfVarint(value?.Length ?? -1) + (value?.Length ?? 0);

    /// <summary>How many bytes <see cref="WriteVarintString"/> takes.</summary>
    internal static int SizeOfVarintString(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        return SizeOfVarint(length) + length;
    }
}
