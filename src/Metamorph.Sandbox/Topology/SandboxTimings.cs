namespace Metamorph.Sandbox;

/// <summary>How long things take in the cluster. The defaults are Kafka's, or were measured on small real nodes.</summary>
public sealed record SandboxTimings
{
    /// <summary>From the start of a process to its registration. 1.0 to 1.4 s, so that a start takes the 1.4 to 2.1 s of a small node.</summary>
    public (TimeSpan Min, TimeSpan Max) Boot { get; init; } = (TimeSpan.FromSeconds(1.0), TimeSpan.FromSeconds(1.4));

    /// <summary>
    /// From the grant of a controlled shutdown to the end of the process: flushing, closing. The 2.4 s that a small
    /// node takes in all are mostly the two seconds until the other brokers' next heartbeats.
    /// </summary>
    public (TimeSpan Min, TimeSpan Max) Close { get; init; } =
        (TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(450));

    /// <summary>One way between two nodes.</summary>
    public TimeSpan Hop { get; init; } = TimeSpan.FromMilliseconds(0.3);

    /// <summary>From a request's arrival to the earliest answer; 0 where clients are real and have a network of their own.</summary>
    public TimeSpan ClientLatency { get; init; }

    /// <summary>From a committed metadata record to its application by a broker.</summary>
    public (TimeSpan Min, TimeSpan Max) MetadataDelay { get; init; } = (TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(25));

    /// <summary>
    /// From a broker's learning of a new replica to its first fetch: a directory is made, a fetcher begins. Moving
    /// nothing took real brokers 50 ms and more.
    /// </summary>
    public TimeSpan NewReplica { get; init; } = TimeSpan.FromMilliseconds(40);

    /// <summary>From a record's append by the active controller until a majority has it.</summary>
    public TimeSpan Commit { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary><c>broker.heartbeat.interval.ms</c>.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary><c>broker.session.timeout.ms</c>.</summary>
    public TimeSpan BrokerSession { get; init; } = TimeSpan.FromSeconds(9);

    /// <summary><c>replica.lag.time.max.ms</c>.</summary>
    public TimeSpan ReplicaLagMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>controller.quorum.fetch.timeout.ms</c>.</summary>
    public TimeSpan QuorumFetchTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a broker waits in a controlled shutdown before it goes anyway (<c>KafkaBroker.shutdown</c>).</summary>
    public TimeSpan ShutdownPatience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a broker tries to pass a request on to a controller that is not there.</summary>
    public TimeSpan ForwardPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes a second through one broker's network card, each way.</summary>
    public long NetworkBytesPerSecond { get; init; } = 125_000_000;

    /// <summary>Bytes a second that one recovery thread reads of a log that was not closed.</summary>
    public long RecoveryBytesPerSecond { get; init; } = 200_000_000;

    /// <summary><c>file.delete.delay.ms</c>.</summary>
    public TimeSpan DeleteDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary><c>leader.imbalance.check.interval.seconds</c>.</summary>
    public TimeSpan ImbalanceCheck { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary><c>group.initial.rebalance.delay.ms</c>.</summary>
    public TimeSpan InitialRebalanceDelay { get; init; } = TimeSpan.FromSeconds(3);
}
