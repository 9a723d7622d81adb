using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>
/// What one broker knows as the coordinator of one partition of an internal topic, from its election until it learns of
/// another leader. All of it can be read back from the partition's log.
/// </summary>
internal abstract class CoordinatorShard(World world, SandboxNode node, NodeLife life, SandboxPartition partition)
{
    public SandboxNode Node => node;

    /// <summary>The life of the broker that coordinates: the next one begins with what the log holds.</summary>
    public NodeLife Life => life;

    public SandboxPartition Partition => partition;

    /// <summary>Of the partition, as its broker knows it: later coordinators have a higher one.</summary>
    public int LeaderEpoch => partition.AsOf(life.Applied)!.LeaderEpoch;

    public bool IsLoading { get; private set; } = true;

    /// <summary>Another broker coordinates now, or none.</summary>
    public bool IsOver { get; private set; }

    public World World => world;

    /// <summary>Reads the log, which takes so long.</summary>
    public void LoadIn(TimeSpan delay)
    {
        if (delay == TimeSpan.Zero)
        {
            Load();
        }
        else
        {
            After(delay, Load);
        }
    }

    /// <summary>
    /// The broker leads the partition no more: whoever waits is told to look for another coordinator.
    /// </summary>
    public void End()
    {
        if (!IsOver)
        {
            IsOver = true;
            Resign();
        }
    }

    /// <summary>
    /// Does something later, if this is still the coordinator then; a process that stands still does it when it goes
    /// on.
    /// </summary>
    public CoreTimer After(TimeSpan delay, Action act) => world.After(delay, () => NodeTable.WhenAwake(node, life, () =>
    {
        if (!IsOver)
        {
            act();
        }
    }));

    /// <summary>
    /// Appends entries, and tells in a coordinator's words once all in-sync replicas have them, or why they have not.
    /// </summary>
    public void Remember(IReadOnlyCollection<CoordinatorEntry> entries, Action<ErrorCode> whenDone)
    {
        var missing = entries.Count;
        var error = ErrorCode.None;
        if (missing == 0)
        {
            whenDone(ErrorCode.None);
            return;
        }

        foreach (var entry in entries)
        {
            world.Replication.Remember(node, partition, entry, said =>
            {
                error = error == ErrorCode.None ? said : error;
                if (--missing == 0)
                {
                    whenDone(IsOver ? ErrorCode.NotCoordinator : InCoordinatorsWords(error));
                }
            });
        }
    }

    /// <summary>Takes over one entry of the log.</summary>
    protected abstract void Restore(CoordinatorEntry entry);

    /// <summary>The log is read: sessions and timeouts begin.</summary>
    protected abstract void Begin();

    /// <summary>Answers whoever waits.</summary>
    protected abstract void Resign();

    /// <summary>
    /// A client that is told of the log would look for the wrong partition's leader
    /// (<c>GroupMetadataManager.storeOffsets</c>).
    /// </summary>
    private static ErrorCode InCoordinatorsWords(ErrorCode said) => said switch
    {
        ErrorCode.UnknownTopicOrPartition or ErrorCode.NotEnoughReplicas or ErrorCode.NotEnoughReplicasAfterAppend
            or ErrorCode.RequestTimedOut => ErrorCode.CoordinatorNotAvailable,
        ErrorCode.NotLeaderOrFollower or ErrorCode.KafkaStorageError => ErrorCode.NotCoordinator,
        _ => said,
    };

    private void Load()
    {
        foreach (var entry in world.Replication.Remembered(node, partition))
        {
            Restore(entry);
        }

        IsLoading = false;
        Begin();
    }
}
