using Metamorph.Kafka.Consuming;

namespace Metamorph.Traffic.Accounting;

/// <summary>Accounts for every record of a run: sent, acknowledged or failed, and what consumers saw of it. Thread-safe.</summary>
/// <remarks>
/// A record whose checksum does not fit is attributed to nobody: it counts as corrupt, and its sender's record, of which no
/// whole copy was read, as lost.
/// </remarks>
public sealed class RecordLedger
{
    private readonly Lock guard = new();
    private readonly Guid run;
    private readonly StreamLedger[,] streams;
    private readonly HashSet<(int Partition, long Offset)> corrupt = [];
    private readonly HashSet<(int Producer, int Partition, long Sequence)> failed = [];
    private long sent;
    private long acked;
    private long consumed;
    private long ackedAndConsumed;
    private long outOfOrder;
    private long duplicated;
    private long redelivered;
    private long failures;
    private long foreign;

    public RecordLedger(Guid run, int producers, int partitions)
    {
        this.run = run;
        streams = new StreamLedger[producers, partitions];
        for (var producer = 0; producer < producers; producer++)
        {
            for (var partition = 0; partition < partitions; partition++)
            {
                streams[producer, partition] = new StreamLedger();
            }
        }
    }

    /// <summary>What is known now.</summary>
    public LedgerTotals Totals
    {
        get
        {
            lock (guard)
            {
                return new LedgerTotals
                {
                    Sent = sent,
                    Acked = acked,
                    Failed = failures,
                    Consumed = consumed,
                    Lost = acked - ackedAndConsumed,
                    Duplicated = duplicated,
                    OutOfOrder = outOfOrder,
                    Corrupt = corrupt.Count,
                    Redelivered = redelivered,
                    FailedButWritten = failures - failed.Count,
                    Foreign = foreign,
                };
            }
        }
    }

    /// <summary>A record is about to be sent.</summary>
    /// <returns>Its sequence among the producer's records of the partition.</returns>
    public long Send(int producer, int partition)
    {
        lock (guard)
        {
            sent++;
            return streams[producer, partition].Send();
        }
    }

    /// <summary>A record was acknowledged.</summary>
    public void Ack(int producer, int partition, long sequence)
    {
        lock (guard)
        {
            acked++;
            ackedAndConsumed += streams[producer, partition].Ack(sequence) ? 1 : 0;
        }
    }

    /// <summary>A record was given up; whether it is in the log is for the consumers to find out.</summary>
    public void Fail(int producer, int partition, long sequence)
    {
        lock (guard)
        {
            failures++;
            if (!streams[producer, partition].IsSeen(sequence))
            {
                failed.Add((producer, partition, sequence));
            }
        }
    }

    /// <summary>A consumer saw a record.</summary>
    /// <param name="partition">Where it was read.</param>
    /// <param name="record">The record.</param>
    /// <param name="payload">What it says of itself, where that can be believed.</param>
    public Sighting See(int partition, ConsumedRecord record, out RecordPayload payload)
    {
        var read = RecordPayload.Read(record.Value.Span, out var isWhole);
        payload = read.GetValueOrDefault();
        lock (guard)
        {
            if (read is not null && !isWhole)
            {
                corrupt.Add((partition, record.Offset));
                return Sighting.Corrupt;
            }

            if (payload.Run != run || payload.Producer < 0 || payload.Producer >= streams.GetLength(0))
            {
                foreign++;
                return Sighting.Foreign;
            }

            var sighting = streams[payload.Producer, partition].See(payload.Sequence, record.Offset, out var wasAcked);
            ackedAndConsumed += wasAcked ? 1 : 0;
            Count(sighting, (payload.Producer, partition, payload.Sequence));
            return sighting;
        }
    }

    private void Count(Sighting sighting, (int Producer, int Partition, long Sequence) record)
    {
        switch (sighting)
        {
            case Sighting.First or Sighting.OutOfOrder:
                consumed++;
                failed.Remove(record);
                outOfOrder += sighting == Sighting.OutOfOrder ? 1 : 0;
                break;
            case Sighting.Redelivered:
                redelivered++;
                break;
            case Sighting.Duplicate:
                duplicated++;
                break;
            case Sighting.Foreign:
                foreign++;
                break;
            default:
                throw new InvalidOperationException($"{sighting} is not a stream's to find");
        }
    }
}
