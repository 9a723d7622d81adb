using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>
/// A transactional id at its coordinator. It changes only by what the log has taken, one change at a time.
/// </summary>
internal sealed class Transaction(TransactionShard shard, TransactionImage image)
{
    private const int RecordOverhead = 90;
    private const int PartitionSize = 24;

    private CoreTimer? timeout;

    public TransactionImage Image { get; private set; } = image;

    /// <summary>A change is on its way to the log.</summary>
    public bool IsChanging { get; private set; }

    /// <summary>Writes what it becomes to the log, and is it then.</summary>
    public void Become(TransactionImage next, Action<ErrorCode> whenDone)
    {
        IsChanging = true;
        var size = RecordOverhead + (next.Partitions.Count * PartitionSize);
        shard.Remember([new CoordinatorEntry(next.Id, next, size)], error =>
        {
            IsChanging = false;
            if (error == ErrorCode.None)
            {
                Image = next;
                WatchTimeout();
            }

            whenDone(error);
        });
    }

    /// <summary>A coordinator that has just read it goes on where the last one was.</summary>
    public void GoOn()
    {
        WatchTimeout();
        if (Image.IsEnding)
        {
            shard.Markers.Write(this);
        }
    }

    /// <summary>Who is late is aborted at the coordinator's next check, and fenced.</summary>
    private void WatchTimeout()
    {
        timeout?.Cancel();
        timeout = null;
        if (Image is { State: TransactionState.Ongoing, StartedAt: { } startedAt })
        {
            timeout = shard.After(shard.NextCheckAfter(startedAt + Image.Timeout), () =>
            {
                shard.World.Say($"transaction {Image.Id} has run for too long, and is aborted");
                if (IsChanging)
                {
                    WatchTimeout();
                }
                else
                {
                    shard.Endings.Fence(this);
                }
            });
        }
    }
}
