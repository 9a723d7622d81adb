namespace Metamorph.Sandbox;

/// <summary>The log of one replica: a synthetic past of sizes without records, and batches after it.</summary>
internal sealed class ReplicaLog
{
    private readonly List<LogBatch> batches = [];
    private ProducerStates producers = new();

    public ReplicaLog(long syntheticEnd, long syntheticBytes)
    {
        (SyntheticEnd, SyntheticBytes, End) = (syntheticEnd, syntheticBytes, syntheticEnd);
    }

    /// <summary>The first offset that can be read.</summary>
    public long Start { get; private set; }

    /// <summary>Where the next record goes (LEO).</summary>
    public long End { get; private set; }

    /// <summary>Where the synthetic past ends.</summary>
    public long SyntheticEnd { get; private set; }

    /// <summary>The bytes of the synthetic past.</summary>
    public long SyntheticBytes { get; private set; }

    /// <summary>The bytes of the batches.</summary>
    public long BatchBytes { get; private set; }

    public long Bytes => SyntheticBytes + BatchBytes;

    public IReadOnlyList<LogBatch> Batches => batches;

    public ProducerStates Producers => producers;

    /// <summary>The epoch of the last record; -1 where there is none.</summary>
    public int LastEpoch => batches.Count > 0 ? batches[^1].Epoch : SyntheticEnd > 0 ? 0 : -1;

    /// <summary>Where what is decided ends: at the first open transaction, or at <paramref name="highWatermark"/>.</summary>
    public long LastStableOffset(long highWatermark) =>
        producers.FirstOpenTransaction is { } open ? Math.Min(open, highWatermark) : highWatermark;

    public void Append(LogBatch batch)
    {
        batches.Add(batch);
        BatchBytes += batch.SizeBytes;
        End = batch.NextOffset;
        producers.Note(batch);
    }

    /// <summary>Takes over some of the synthetic past of a leader.</summary>
    public void AppendSynthetic(long endOffset, long bytes)
    {
        SyntheticBytes += bytes;
        SyntheticEnd = End = endOffset;
    }

    /// <summary>The index of the batch that holds an offset, or of the first one after it.</summary>
    public int IndexOf(long offset)
    {
        var (low, high) = (0, batches.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (batches[middle].NextOffset <= offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Where the records of an epoch, and of those before it, end (KIP-101).</summary>
    public (int Epoch, long EndOffset) EndOfEpoch(int epoch)
    {
        for (var i = batches.Count - 1; i >= 0; i--)
        {
            if (batches[i].Epoch <= epoch)
            {
                return (batches[i].Epoch, batches[i].NextOffset);
            }
        }

        return (Math.Min(epoch, 0), SyntheticEnd);
    }

    /// <summary>Cuts off what is at and after an offset: it was never committed.</summary>
    public bool TruncateTo(long offset)
    {
        if (offset >= End)
        {
            return false;
        }

        while (batches.Count > 0 && batches[^1].NextOffset > offset)
        {
            BatchBytes -= batches[^1].SizeBytes;
            batches.RemoveAt(batches.Count - 1);
        }

        End = batches.Count > 0 ? batches[^1].NextOffset : Math.Min(SyntheticEnd, offset);
        SyntheticEnd = Math.Min(SyntheticEnd, End);
        producers = ProducerStates.Of(batches);
        return true;
    }

    /// <summary>Forgets what is before an offset (DeleteRecords, retention).</summary>
    /// <returns>The bytes that are gone.</returns>
    public long DropBefore(long offset)
    {
        offset = Math.Min(offset, End);
        if (offset <= Start)
        {
            return 0;
        }

        var before = Bytes;
        if (SyntheticEnd > Start)
        {
            var share = (double)(Math.Min(offset, SyntheticEnd) - Start) / (SyntheticEnd - Start);
            SyntheticBytes -= (long)(SyntheticBytes * share);
        }

        var gone = IndexOf(offset);
        for (var i = 0; i < gone; i++)
        {
            BatchBytes -= batches[i].SizeBytes;
        }

        batches.RemoveRange(0, gone);
        Start = offset;
        return before - Bytes;
    }

    /// <summary>Takes batches out that later ones make obsolete, as the cleaner does with a compacted topic.</summary>
    public void Compact(Predicate<LogBatch> isObsolete)
    {
        batches.RemoveAll(isObsolete);
        BatchBytes = batches.Sum(batch => (long)batch.SizeBytes);
    }

    /// <summary>Begins a follower's copy where its leader's log begins.</summary>
    public void BeginAt(long start)
    {
        if (End < start)
        {
            batches.Clear();
            (BatchBytes, SyntheticBytes, SyntheticEnd, Start, End) = (0, 0, start, start, start);
        }
        else if (Start < start)
        {
            DropBefore(start);
        }
    }
}
