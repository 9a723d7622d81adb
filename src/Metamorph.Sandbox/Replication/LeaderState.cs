namespace Metamorph.Sandbox;

/// <summary>What the leader of a partition knows of its followers (<c>Partition</c> on a leader).</summary>
internal sealed class LeaderState(int epoch, long epochStart, int[] isr, int partitionEpoch)
{
    private readonly Dictionary<int, FollowerState> followers = [];

    public int Epoch => epoch;

    /// <summary>Where the log ended when it began to lead.</summary>
    public long EpochStart => epochStart;

    /// <summary>The in-sync replicas that the controller has confirmed.</summary>
    public int[] Isr { get; set; } = isr;

    public int PartitionEpoch { get; set; } = partitionEpoch;

    /// <summary>The ISR that the controller was asked for; null: nothing is on its way.</summary>
    public int[]? Proposed { get; set; }

    /// <summary>Who waits for the high watermark (acks=all), in the order of offsets.</summary>
    public List<AckWait> Waiting { get; } = [];

    public IEnumerable<int> MaximalIsr => Proposed is null ? Isr : Isr.Union(Proposed);

    public FollowerState Of(int broker)
    {
        if (!followers.TryGetValue(broker, out var follower))
        {
            followers[broker] = follower = new FollowerState();
        }

        return follower;
    }
}

/// <summary>What a leader knows of one follower.</summary>
internal sealed class FollowerState
{
    /// <summary>Up to where it has said that it has the log; -1: it has not fetched yet.</summary>
    public long End { get; set; } = -1;

    public DateTimeOffset LastCaughtUp { get; set; }

    public DateTimeOffset LastFetch { get; set; }

    /// <summary>Where the leader's log ended at the follower's last fetch.</summary>
    public long LeaderEndAtLastFetch { get; set; } = -1;
}

/// <summary>A producer that waits until all in-sync replicas have what it sent.</summary>
/// <param name="RequiredOffset">Done once the high watermark is here.</param>
/// <param name="WhenDone">Is told the outcome, once.</param>
internal sealed record AckWait(long RequiredOffset, Action<Kafka.Protocol.ErrorCode> WhenDone)
{
    public CoreTimer? Patience { get; set; }
}
