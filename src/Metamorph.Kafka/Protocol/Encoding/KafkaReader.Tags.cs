namespace Metamorph.Kafka.Protocol;

public ref partial struct KafkaReader
{
    /// <summary>Reads how many tagged fields follow.</summary>
    public int ReadTagCount()
    {
        var count = ReadUnsignedVarint();

        // A tagged field is at least its number and its size.
        if (count > (uint)Remaining / 2)
        {
            Malformed.Count(count, Remaining);
        }

        return (int)count;
    }

    /// <summary>Reads a tagged field's number, and where the field ends.</summary>
    public uint ReadTag(out int end)
    {
        var tag = ReadUnsignedVarint();
        var size = ReadUnsignedVarint();
        if (size > (uint)Remaining)
        {
            Malformed.Truncated((int)Math.Min(size, int.MaxValue), Remaining);
        }

        end = _position + (int)size;
        return tag;
    }

    /// <summary>Passes over a tagged field that this build does not know, as a newer broker may send.</summary>
    public void SkipTag(int end) => _position = end;

    /// <summary>Checks that a tagged field was exactly as long as it said.</summary>
    public readonly void EndTag(uint tag, int end)
    {
        if (_position != end)
        {
            Malformed.TagSize(tag, _position - end);
        }
    }

    /// <summary>Passes over all tagged fields of a struct that knows none.</summary>
    public void SkipTags()
    {
        for (var left = ReadTagCount(); left > 0; left--)
        {
            ReadTag(out var end);
            SkipTag(end);
        }
    }
}
