namespace Metamorph.Kafka.Groups;

/// <summary>A member's timers. The defaults are those of Kafka's own consumer.</summary>
public sealed record GroupOptions
{
    /// <summary>The group's id.</summary>
    public required string Group { get; init; }

    /// <summary>How long a silent member keeps its partitions. Default 45 s: longer than a broker's restart, so that one alone moves nothing.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long a rebalance waits for a member to join again. Default 60 s.</summary>
    public TimeSpan RebalanceTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a member says that it is there, and so how soon it hears of a rebalance. Default 3 s.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often progress is committed. Default 5 s: what is fetched again after a crash.</summary>
    public TimeSpan CommitInterval { get; init; } = TimeSpan.FromSeconds(5);
}
