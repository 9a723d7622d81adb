namespace Metamorph.Traffic.Accounting;

/// <summary>The fate of 1,024 records in a row of one stream.</summary>
/// <remarks>
/// Once each is both acknowledged and consumed it can be folded to the range of offsets it lies in: a long run then needs
/// memory for the recent past only, and can still tell nearly every duplicate from a redelivery.
/// </remarks>
internal sealed class StreamChunk
{
    public const int Size = 1024;

    private long[]? offsets = NewOffsets();
    private bool[]? acked = new bool[Size];
    private int settled;
    private long lowest = long.MaxValue;
    private long highest = -1;

    public bool IsSettled => settled == Size;

    /// <returns>Whether that settled the last one of the chunk.</returns>
    public bool Ack(int index, out bool wasConsumed)
    {
        wasConsumed = offsets![index] >= 0;
        acked![index] = true;
        return wasConsumed && ++settled == Size;
    }

    /// <summary>Remembers where a record was seen first.</summary>
    /// <returns>Whether that settled the last one of the chunk.</returns>
    public bool See(int index, long offset, out bool wasAcked)
    {
        offsets![index] = offset;
        lowest = Math.Min(lowest, offset);
        highest = Math.Max(highest, offset);
        wasAcked = acked![index];
        return wasAcked && ++settled == Size;
    }

    public bool IsSeen(int index) => offsets is null || offsets[index] >= 0;

    /// <summary>Whether a record that was seen before was seen at this offset; once folded, at one of the chunk's.</summary>
    public bool WasSeenAt(int index, long offset) =>
        offsets is null ? offset >= lowest && offset <= highest : offsets[index] == offset;

    /// <summary>Where a seen record is; once folded, the lowest offset it can have.</summary>
    public long OffsetOf(int index) => offsets is null ? lowest : offsets[index];

    /// <summary>Forgets the single offsets.</summary>
    public void Fold()
    {
        offsets = null;
        acked = null;
    }

    private static long[] NewOffsets()
    {
        var offsets = new long[Size];
        Array.Fill(offsets, -1);
        return offsets;
    }
}
