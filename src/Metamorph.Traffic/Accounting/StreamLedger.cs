namespace Metamorph.Traffic.Accounting;

/// <summary>The fate of all records that one producer sent to one partition. Not thread-safe.</summary>
internal sealed class StreamLedger
{
    /// <summary>Settled chunks that keep every offset: 65,536 records, or two minutes of 500 a second to a single partition.</summary>
    private const int KeptChunks = 64;

    private readonly List<StreamChunk> chunks = [];
    private readonly Queue<StreamChunk> settled = new();
    private readonly HashSet<long> duplicates = [];
    private long highestSeen = -1;
    private long offsetOfHighest = -1;

    /// <summary>How many were sent; the next one's sequence.</summary>
    public long Sent { get; private set; }

    /// <returns>The new record's sequence.</returns>
    public long Send()
    {
        if (Sent % StreamChunk.Size == 0)
        {
            chunks.Add(new StreamChunk());
        }

        return Sent++;
    }

    /// <returns>Whether the record was consumed already: a consumer may be faster than the acknowledgement.</returns>
    public bool Ack(long sequence)
    {
        var (chunk, index) = Find(sequence);
        if (chunk.Ack(index, out var wasConsumed))
        {
            Settle(chunk);
        }

        return wasConsumed;
    }

    public bool IsSeen(long sequence)
    {
        var (chunk, index) = Find(sequence);
        return chunk.IsSeen(index);
    }

    /// <summary>Takes note that a consumer saw a record.</summary>
    /// <param name="sequence">The record.</param>
    /// <param name="offset">Where.</param>
    /// <param name="wasAcked">Whether it was acknowledged already.</param>
    public Sighting See(long sequence, long offset, out bool wasAcked)
    {
        wasAcked = false;
        if (sequence < 0 || sequence >= Sent)
        {
            return Sighting.Foreign;
        }

        var (chunk, index) = Find(sequence);
        if (chunk.IsSeen(index))
        {
            return chunk.WasSeenAt(index, offset) || !duplicates.Add(offset) ? Sighting.Redelivered : Sighting.Duplicate;
        }

        var isInOrder = IsInOrder(sequence, offset);
        if (chunk.See(index, offset, out wasAcked))
        {
            Settle(chunk);
        }

        return isInOrder ? Sighting.First : Sighting.OutOfOrder;
    }

    /// <summary>Compares with the nearest later record that was seen, or with the latest of all.</summary>
    private bool IsInOrder(long sequence, long offset)
    {
        if (sequence > highestSeen)
        {
            var isAbove = offset > offsetOfHighest;
            (highestSeen, offsetOfHighest) = (sequence, offset);
            return isAbove;
        }

        for (var later = sequence + 1; later < highestSeen; later++)
        {
            var (chunk, index) = Find(later);
            if (chunk.IsSeen(index))
            {
                return offset < chunk.OffsetOf(index);
            }
        }

        return offset < offsetOfHighest;
    }

    private (StreamChunk Chunk, int Index) Find(long sequence) =>
        (chunks[(int)(sequence / StreamChunk.Size)], (int)(sequence % StreamChunk.Size));

    private void Settle(StreamChunk chunk)
    {
        settled.Enqueue(chunk);
        if (settled.Count > KeptChunks)
        {
            settled.Dequeue().Fold();
        }
    }
}
