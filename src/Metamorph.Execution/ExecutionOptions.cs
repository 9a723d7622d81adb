namespace Metamorph.Execution;

/// <summary>How patient an executor is. Every value is a limit; none is a sleep before something may happen.</summary>
public sealed record ExecutionOptions
{
    /// <summary>How long a closed gate may stay closed without any change before the run ends as blocked. Default 30 minutes.</summary>
    /// <remarks>A broker with terabytes to recover needs it; the clock starts anew whenever an objection goes away.</remarks>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a node that may not stop keeps the others of its phase waiting for its turn. Default 1 minute.</summary>
    /// <remarks>A gate that opens by itself does so within seconds of the restart before. One that never does would keep nodes
    /// on the old release that could be rolled; the run still ends as blocked when only such nodes are left.</remarks>
    public TimeSpan TurnPatience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a controlled shutdown may take before the run ends as blocked; the shutdown goes on. Default 24 hours.</summary>
    /// <remarks>A node stops however long it takes, and a run that left it would leave it down. Kafka gives up its controlled
    /// shutdown after 5 minutes (BrokerLifecycleManager) and then flushes its logs; a day is beyond any disk.</remarks>
    public TimeSpan StopPatience { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a refused dry run of UpdateFeatures is repeated. Default 30 seconds.</summary>
    /// <remarks>A broker's new registration reaches the controller some seconds after it serves; what does not pass by then never will.</remarks>
    public TimeSpan FeaturePatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause between two looks at a closed gate. Default 200 ms: well below the 3 s that may be added per node.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Consecutive snapshots that must all be good before a node counts as back. Default 3.</summary>
    /// <remarks>One green reading is not health: each broker answers from its own, possibly stale, metadata.</remarks>
    public int StableReads { get; init; } = 3;

    /// <summary>Partitions per preferred election, so that leaderships return in paced batches. Default 200.</summary>
    public int ElectionBatch { get; init; } = 200;

    /// <summary>How long a preferred election may take before it is asked for again. Default 10 seconds.</summary>
    /// <remarks>Kafka's own balancing comes every 5 minutes, and only where it is switched on.</remarks>
    public TimeSpan ElectionRetry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause between two such batches. Default 250 ms: about what one batch's clients need to find the new leaders.</summary>
    public TimeSpan ElectionPace { get; init; } = TimeSpan.FromMilliseconds(250);
}
