namespace Metamorph.Traffic.Accounting;

/// <summary>The sums of a <see cref="RecordLedger"/>.</summary>
public sealed record LedgerTotals
{
    /// <summary>Records handed to a producer.</summary>
    public long Sent { get; init; }

    /// <summary>Records that all in-sync replicas have, as the leader said.</summary>
    public long Acked { get; init; }

    /// <summary>Records that were given up, with an error.</summary>
    public long Failed { get; init; }

    /// <summary>Records that a consumer saw, each counted once.</summary>
    public long Consumed { get; init; }

    /// <summary>Acknowledged records that no consumer has seen: lost once nothing more is to come.</summary>
    public long Lost { get; init; }

    /// <summary>Further copies of a record in the log, at offsets of their own.</summary>
    public long Duplicated { get; init; }

    /// <summary>Records that lie in the log the wrong way round to their producer's others in the partition.</summary>
    public long OutOfOrder { get; init; }

    /// <summary>Offsets at which a record of this run has a wrong checksum.</summary>
    public long Corrupt { get; init; }

    /// <summary>Sights of a record at an offset where it had been seen before: what at-least-once means for a rebalance.</summary>
    public long Redelivered { get; init; }

    /// <summary>Records that failed and are in the log all the same.</summary>
    public long FailedButWritten { get; init; }

    /// <summary>Records of other runs and of others.</summary>
    public long Foreign { get; init; }

    /// <summary>Records on their way to an acknowledgement or a failure.</summary>
    public long InFlight => Sent - Acked - Failed;
}
