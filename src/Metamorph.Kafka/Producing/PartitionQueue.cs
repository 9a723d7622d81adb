namespace Metamorph.Kafka.Producing;

/// <summary>What waits for one partition, in order, and the sequence that lets its leader tell new from repeated.</summary>
/// <remarks>
/// One batch is on its way at a time, so a repeated batch can never be overtaken. When a batch fails for good its
/// sequence numbers may or may not be used up; a new producer epoch, which begins at 0 again, is right in both cases,
/// and keeps a late copy of the failed batch out of the log. Not thread-safe: the producer's lock guards it.
/// </remarks>
internal sealed class PartitionQueue(int partition)
{
    private readonly Queue<ProducerBatch> waiting = new();
    private ProducerBatch? open;
    private short epoch;
    private int nextSequence;

    public int Partition { get; } = partition;

    /// <summary>Whether the first batch is on its way to a broker.</summary>
    public bool IsInFlight { get; private set; }

    /// <summary>No attempt before this timestamp.</summary>
    public long NotBefore { get; private set; } = long.MinValue;

    /// <summary>Whether the next failure can still be told from what comes after it.</summary>
    public bool HasEpochsLeft => epoch < short.MaxValue;

    /// <summary>The name of the failure when a batch is given up without an answer.</summary>
    public string FailureName => HasEpochsLeft ? DeliveryErrors.DeliveryTimeout : DeliveryErrors.EpochsExhausted;

    /// <summary>The oldest batch: the one on its way, or the next to go.</summary>
    public ProducerBatch? Head => waiting.TryPeek(out var head) ? head : null;

    public IEnumerable<ProducerBatch> All => waiting.ToArray();

    /// <summary>Whether more waits behind the oldest batch, so that waiting for its company is over.</summary>
    public bool HasMore => waiting.Count > 1;

    /// <returns>The record's batch, when it is one that nobody knew of.</returns>
    public bool Append(OutgoingRecord record, long now, int batchBytes)
    {
        var isNew = open is null || open.Bytes + record.Value.Length > batchBytes;
        if (isNew)
        {
            open = new ProducerBatch(now);
            waiting.Enqueue(open);
        }

        open!.Add(record);
        return isNew;
    }

    /// <summary>Sends the oldest batch on its way: it is closed, and gets its sequence unless it has one.</summary>
    public void Depart(ProducerBatch head)
    {
        IsInFlight = true;
        head.Attempts++;
        if (head.Sequence is not null)
        {
            return;
        }

        open = ReferenceEquals(head, open) ? null : open;
        head.Sequence = new BatchSequence(epoch, nextSequence);

        // After 2,147,483,647 comes 0, as in the broker.
        nextSequence = (int)((nextSequence + (long)head.Records.Count) & int.MaxValue);
    }

    /// <summary>Has the oldest batch wait here again, for another attempt.</summary>
    public void Return(long notBefore)
    {
        IsInFlight = false;
        NotBefore = notBefore;
    }

    /// <summary>Takes the oldest batch out: its fate is known.</summary>
    public ProducerBatch RemoveHead()
    {
        var head = waiting.Dequeue();
        if (ReferenceEquals(head, open))
        {
            open = null;
        }

        IsInFlight = false;
        NotBefore = long.MinValue;
        return head;
    }

    /// <summary>Begins anew after a batch that was sent has failed.</summary>
    public void BumpEpoch()
    {
        epoch++;
        nextSequence = 0;
    }
}
