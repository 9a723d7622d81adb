using System.Buffers.Binary;
using Metamorph.Kafka.Records;

namespace Metamorph.Sandbox;

/// <summary>One batch of a log. Immutable, so that all replicas share it.</summary>
internal sealed class LogBatch
{
    private const int PartitionLeaderEpochAt = 12;

    public required long BaseOffset { get; init; }

    public required int Epoch { get; init; }

    public required int Count { get; init; }

    /// <summary>As a fetch hands it out: with its offset and leader epoch.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    public long MaxTimestampMs { get; init; }

    public long ProducerId { get; init; } = -1;

    public short ProducerEpoch { get; init; } = -1;

    public int BaseSequence { get; init; } = -1;

    public bool IsTransactional { get; init; }

    /// <summary>It ends a transaction: true commits it, false aborts it; null: it holds records.</summary>
    public bool? Marker { get; init; }

    /// <summary>The epoch of the coordinator that a marker is from; -1 of other batches.</summary>
    public int CoordinatorEpoch { get; init; } = -1;

    /// <summary>What a coordinator remembers by it.</summary>
    public CoordinatorEntry? Entry { get; init; }

    public int SizeBytes => Bytes.Length;

    public long NextOffset => BaseOffset + Count;

    public int LastSequence => BaseSequence < 0 ? -1 : (int)(((long)BaseSequence + Count - 1) % (1L + int.MaxValue));

    /// <summary>Takes a producer's batch into a log: gives it its offset and the leader's epoch, which the checksum does not cover.</summary>
    public static LogBatch Of(RecordBatch batch, long baseOffset, int epoch, CoordinatorEntry? entry = null, TransactionMarker? marker = null)
    {
        var bytes = batch.Bytes.ToArray();
        BinaryPrimitives.WriteInt64BigEndian(bytes, baseOffset);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(PartitionLeaderEpochAt), epoch);
        return new LogBatch
        {
            BaseOffset = baseOffset,
            Epoch = epoch,
            Count = batch.LastOffsetDelta + 1,
            Bytes = bytes,
            MaxTimestampMs = batch.MaxTimestampMs,
            ProducerId = batch.ProducerId,
            ProducerEpoch = batch.ProducerEpoch,
            BaseSequence = batch.BaseSequence,
            IsTransactional = batch.IsTransactional,
            Marker = marker?.IsCommit,
            CoordinatorEpoch = marker?.CoordinatorEpoch ?? -1,
            Entry = entry,
        };
    }
}

/// <summary>How a transaction ends in one partition.</summary>
/// <param name="ProducerId">Whose it is.</param>
/// <param name="Epoch">The producer's.</param>
/// <param name="CoordinatorEpoch">Of who says so: the leader epoch of the partition that the coordinator leads.</param>
/// <param name="IsCommit">Its records count; false: they are not to be read.</param>
internal readonly record struct TransactionMarker(long ProducerId, short Epoch, int CoordinatorEpoch, bool IsCommit);
