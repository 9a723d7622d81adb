namespace Metamorph.Kafka.Protocol;

public ref partial struct KafkaWriter
{
    /// <summary>Appends that no tagged fields follow.</summary>
    public void WriteNoTags() => WriteUnsignedVarint(0);

    /// <summary>Starts a tagged field, whose value follows. Fields go in the order of their tags.</summary>
    /// <returns>What <see cref="EndTag"/> needs.</returns>
    public int BeginTag(uint tag)
    {
        WriteUnsignedVarint(tag);

        // One byte holds the size of nearly every value; EndTag makes room where it does not.
        Append(1);
        return _position;
    }

    /// <summary>Ends the tagged field that began at <paramref name="start"/>, by writing its size before it.</summary>
    public void EndTag(int start)
    {
        var size = _position - start;
        var sizeOfSize = SizeOfUnsignedVarint((uint)size);
        if (sizeOfSize > 1)
        {
            Append(sizeOfSize - 1);
            _buffer.AsSpan(start, size).CopyTo(_buffer.AsSpan(start + sizeOfSize - 1));
        }

        var end = _position;
        _position = start - 1;
        WriteUnsignedVarint((uint)size);
        _position = end;
    }
}
