using System.Text;

namespace Metamorph.Kafka.Protocol;

public ref partial struct KafkaReader
{
    /// <summary>Reads bytes as records have them, after a varint length. They are a slice of the frame.</summary>
    public ReadOnlyMemory<byte>? ReadVarintBytes()
    {
        var length = ReadVarint();
        if (length < 0)
        {
            return length == -1 ? (ReadOnlyMemory<byte>?)null : Malformed.Length<ReadOnlyMemory<byte>>("bytes", length);
        }

        var start = _position;
        Take(length);
        return _frame.Slice(start, length);
    }

    /// <summary>Reads a string as record headers have it, after a varint length. It cannot be null.</summary>
    public string ReadVarintString()
    {
        var length = ReadVarint();
        return length >= 0 ? Encoding.UTF8.GetString(Take(length)) : Malformed.Length<string>("string", length);
    }
}
