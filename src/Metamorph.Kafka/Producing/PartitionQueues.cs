using Metamorph.Kafka.Routing;
using Metamorph.Model;

namespace Metamorph.Kafka.Producing;

/// <summary>Everything a producer has not delivered yet, and the decision what to send next. Does no I/O, and is guarded by the producer's lock.</summary>
internal sealed class PartitionQueues(int partitions, ProducerOptions options, TimeProvider time)
{
    /// <summary>How soon to look again for a leader that nobody knew: the router asks at most that often.</summary>
    private static readonly TimeSpan LeaderPause = TimeSpan.FromMilliseconds(100);

    private readonly PartitionQueue[] queues = [.. Enumerable.Range(0, partitions).Select(index => new PartitionQueue(index))];
    private readonly Dictionary<Endpoint, int> inFlight = [];
    private long buffered;
    private int undelivered;

    public bool IsEmpty => undelivered == 0;

    /// <summary>Whether batches go without lingering.</summary>
    public bool IsFlushing { get; set; }

    /// <param name="record">The record to take.</param>
    /// <param name="wakes">Whether the send loop must look: a batch has begun, and its lingering with it, or is full.</param>
    /// <returns>False when there is no room; a single record always finds some.</returns>
    public bool TryAppend(OutgoingRecord record, out bool wakes)
    {
        wakes = false;
        if (buffered > 0 && buffered + record.Value.Length > options.BufferBytes)
        {
            return false;
        }

        buffered += record.Value.Length;
        undelivered++;
        wakes = queues[record.Partition].Append(record, time.GetTimestamp(), options.BatchBytes);
        return true;
    }

    public SendPlan Plan(TopicView view)
    {
        var now = time.GetTimestamp();
        var sends = new Dictionary<Endpoint, LeaderSend>();
        var expired = new List<SentBatch>();
        var wantsLeaders = false;
        TimeSpan? nextLook = null;
        foreach (var queue in queues)
        {
            if (queue.IsInFlight || queue.Head is not { } head)
            {
                continue;
            }

            var wait = WaitOf(queue, head, now);
            if (!queue.HasEpochsLeft || time.GetElapsedTime(head.CreatedAt, now) >= options.DeliveryTimeout)
            {
                // One at a time: the next look, which the delivery of this one asks for, finds those behind it.
                expired.Add(new SentBatch(queue, head));
                wait = TimeSpan.Zero;
            }
            else if (wait == TimeSpan.Zero)
            {
                var leader = view.EndpointOf(queue.Partition);
                wantsLeaders |= leader is null;
                if (leader is null || !TryJoin(sends, leader, queue, head))
                {
                    wait = LeaderPause;
                }
                else
                {
                    continue;
                }
            }

            nextLook = nextLook is { } sooner && sooner < wait ? sooner : wait;
        }

        return new SendPlan([.. sends.Values], expired, wantsLeaders, nextLook);
    }

    /// <summary>Puts a batch back to be sent again after a pause.</summary>
    public void Retry(SentBatch sent, TimeSpan pause) =>
        sent.Queue.Return(time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency));

    /// <summary>Lets a batch go, whose fate is known.</summary>
    public void Remove(SentBatch sent, bool failed)
    {
        var batch = sent.Queue.RemoveHead();
        buffered -= batch.Bytes;
        undelivered -= batch.Records.Count;
        if (failed && batch.Sequence is not null)
        {
            sent.Queue.BumpEpoch();
        }
    }

    /// <summary>An answer came, or never will: the broker may get another request.</summary>
    public void Returned(Endpoint leader) => inFlight[leader]--;

    /// <summary>Every batch, the oldest of each partition first.</summary>
    public List<SentBatch> Everything() =>
        [.. queues.SelectMany(queue => queue.All.Select(batch => new SentBatch(queue, batch)))];

    /// <summary>How long the head of a queue has to wait still.</summary>
    private TimeSpan WaitOf(PartitionQueue queue, ProducerBatch head, long now)
    {
        if (queue.NotBefore > now)
        {
            return time.GetElapsedTime(now, queue.NotBefore);
        }

        var lingered = time.GetElapsedTime(head.CreatedAt, now);
        var goes = head.Attempts > 0 || queue.HasMore || IsFlushing || head.Bytes >= options.BatchBytes || lingered >= options.Linger;
        return goes ? TimeSpan.Zero : options.Linger - lingered;
    }

    private bool TryJoin(
        Dictionary<Endpoint, LeaderSend> sends, Endpoint leader, PartitionQueue queue, ProducerBatch head)
    {
        if (!sends.TryGetValue(leader, out var send))
        {
            if (inFlight.GetValueOrDefault(leader) >= options.MaxInFlightPerBroker)
            {
                return false;
            }

            send = new LeaderSend(leader, []);
            sends.Add(leader, send);
            inFlight[leader] = inFlight.GetValueOrDefault(leader) + 1;
        }
        else if (send.Batches.Sum(batch => batch.Batch.Bytes) + head.Bytes > options.RequestBytes)
        {
            return false;
        }

        queue.Depart(head);
        send.Batches.Add(new SentBatch(queue, head));
        return true;
    }
}
