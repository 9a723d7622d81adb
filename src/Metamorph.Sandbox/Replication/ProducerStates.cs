using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>What a log knows of idempotent producers and of transactions (<c>ProducerStateManager</c>).</summary>
internal sealed class ProducerStates
{
    /// <summary>How many batches of a producer are remembered, so that a repetition is recognised.</summary>
    private const int BatchesKept = 5;

    private readonly SortedDictionary<long, ProducerState> producers = [];
    private readonly List<AbortedTransaction> aborted = [];

    public IEnumerable<ProducerState> All => producers.Values;

    /// <summary>Where the oldest transaction begins that is not decided.</summary>
    public long? FirstOpenTransaction { get; private set; }

    public static ProducerStates Of(IEnumerable<LogBatch> batches)
    {
        var states = new ProducerStates();
        foreach (var batch in batches)
        {
            states.Note(batch);
        }

        return states;
    }

    /// <summary>The aborted transactions with records between two offsets.</summary>
    public IEnumerable<AbortedTransaction> AbortedBetween(long from, long upTo) =>
        aborted.Where(transaction => transaction.LastOffset >= from && transaction.FirstOffset < upTo);

    public ProducerState? Find(long producerId) => producers.GetValueOrDefault(producerId);

    /// <summary>
    /// Judges a batch before it is appended. Where it was appended before, the batch from then is given.
    /// </summary>
    public (ErrorCode Error, LogBatch? Duplicate) Judge(long producerId, short epoch, int baseSequence, int count)
    {
        if (!producers.TryGetValue(producerId, out var state))
        {
            // An unknown producer may begin anywhere: its former batches may have been deleted (KIP-360).
            return (ErrorCode.None, null);
        }

        if (epoch < state.Epoch)
        {
            return (ErrorCode.InvalidProducerEpoch, null);
        }

        if (epoch > state.Epoch)
        {
            return (baseSequence == 0 ? ErrorCode.None : ErrorCode.OutOfOrderSequenceNumber, null);
        }

        var last = (int)(((long)baseSequence + count - 1) % (1L + int.MaxValue));
        if (state.Recent.FirstOrDefault(batch => batch.BaseSequence == baseSequence && batch.LastSequence == last) is { } same)
        {
            return (ErrorCode.None, same);
        }

        var expected = state.LastSequence < 0 ? 0 : (int)((state.LastSequence + 1L) % (1L + int.MaxValue));
        return (state.LastSequence < 0 || baseSequence == expected ? ErrorCode.None : ErrorCode.OutOfOrderSequenceNumber, null);
    }

    public void Note(LogBatch batch)
    {
        if (batch.ProducerId < 0)
        {
            return;
        }

        if (!producers.TryGetValue(batch.ProducerId, out var state))
        {
            producers[batch.ProducerId] = state = new ProducerState(batch.ProducerId);
        }

        if (batch.Marker is { } isCommit)
        {
            End(state, batch, isCommit);
        }
        else
        {
            Add(state, batch);
        }

        if (batch.IsTransactional || batch.Marker is not null)
        {
            FirstOpenTransaction = producers.Values.Min(producer => producer.TransactionStart);
        }
    }

    private static void Add(ProducerState state, LogBatch batch)
    {
        if (batch.ProducerEpoch != state.Epoch)
        {
            state.Epoch = batch.ProducerEpoch;
            state.Recent.Clear();
        }

        state.Recent.Enqueue(batch);
        if (state.Recent.Count > BatchesKept)
        {
            state.Recent.Dequeue();
        }

        (state.LastSequence, state.LastTimestampMs) = (batch.LastSequence, batch.MaxTimestampMs);
        if (batch.IsTransactional)
        {
            state.TransactionStart ??= batch.BaseOffset;
        }
    }

    private void End(ProducerState state, LogBatch marker, bool isCommit)
    {
        if (state.TransactionStart is { } start && !isCommit)
        {
            aborted.Add(new AbortedTransaction(state.ProducerId, start, marker.BaseOffset));
        }

        state.TransactionStart = null;
        state.CoordinatorEpoch = marker.CoordinatorEpoch;
        if (marker.ProducerEpoch > state.Epoch)
        {
            (state.Epoch, state.LastSequence) = (marker.ProducerEpoch, -1);
            state.Recent.Clear();
        }
    }
}

/// <summary>One producer, as a log knows it.</summary>
internal sealed class ProducerState(long producerId)
{
    public long ProducerId => producerId;

    public short Epoch { get; set; } = -1;

    public int LastSequence { get; set; } = -1;

    public long LastTimestampMs { get; set; } = -1;

    /// <summary>Of the coordinator that ended its last transaction here; -1: none did yet.</summary>
    public int CoordinatorEpoch { get; set; } = -1;

    /// <summary>Where its open transaction begins; null: it has none.</summary>
    public long? TransactionStart { get; set; }

    public Queue<LogBatch> Recent { get; } = new();
}

/// <summary>A transaction whose records are not to be read.</summary>
internal readonly record struct AbortedTransaction(long ProducerId, long FirstOffset, long LastOffset);
