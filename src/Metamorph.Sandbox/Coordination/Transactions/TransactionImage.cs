using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>A transactional id as its coordinator's log keeps it (<c>TransactionLogValue</c>).</summary>
internal sealed record TransactionImage
{
    public const long NoId = -1;
    public const short NoEpoch = -1;

    public required string Id { get; init; }

    public required long ProducerId { get; init; }

    /// <summary>
    /// The epoch that producers have to have; with KIP-890 each transaction ends in an epoch of its own.
    /// </summary>
    public required short Epoch { get; init; }

    /// <summary>The epoch before, for a producer that has not heard of the new one.</summary>
    public short LastEpoch { get; init; } = NoEpoch;

    /// <summary>The id before, for the same.</summary>
    public long PreviousProducerId { get; init; } = NoId;

    /// <summary>The id after this transaction, whose epoch is the last one of its id.</summary>
    public long NextProducerId { get; init; } = NoId;

    public required TimeSpan Timeout { get; init; }

    public TransactionState State { get; init; }

    public ImmutableSortedSet<TopicPartition> Partitions { get; init; } = [];

    /// <summary>When the first partition joined it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public bool IsEnding => State is TransactionState.PrepareCommit or TransactionState.PrepareAbort;

    /// <summary>No epoch is left that a producer could get: the last one is for fencing.</summary>
    public bool IsExhausted => Epoch >= short.MaxValue - 1;

    /// <summary>What a producer goes on with after the transaction.</summary>
    public (long ProducerId, short Epoch) Successor => NextProducerId == NoId
        ? (ProducerId, Epoch)
        : (NextProducerId, (short)0);
}
