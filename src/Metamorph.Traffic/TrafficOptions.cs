using Metamorph.Model;

namespace Metamorph.Traffic;

/// <summary>The load that a run makes, and the limits of its patience.</summary>
public sealed record TrafficOptions
{
    /// <summary>Brokers to begin with.</summary>
    public required IReadOnlyList<Endpoint> Bootstrap { get; init; }

    /// <summary>The topic. Records of others in it are passed over.</summary>
    public string Topic { get; init; } = "metamorph-traffic";

    /// <summary>Whether to create the topic if it is not there, with <c>min.insync.replicas</c> 2 where the replication factor allows.</summary>
    public bool CreateTopic { get; init; } = true;

    /// <summary>Partitions of a topic that is created. Default 12: several for each broker of a small cluster.</summary>
    public int Partitions { get; init; } = 12;

    /// <summary>Replicas of a topic that is created. Default 3.</summary>
    public short ReplicationFactor { get; init; } = 3;

    /// <summary>Records that become due each second, whether earlier ones were acknowledged or not. Default 500.</summary>
    public double RecordsPerSecond { get; init; } = 500;

    /// <summary>The size of a record's value. Default 256; at least <see cref="RecordPayload.MinBytes"/>.</summary>
    public int RecordBytes { get; init; } = 256;

    /// <summary>Producers that share the load. Default 1.</summary>
    public int Producers { get; init; } = 1;

    /// <summary>Members of the consumer group. Default 1.</summary>
    public int Consumers { get; init; } = 1;

    /// <summary>How long records become due; null until stopped.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The consumer group; null for one of the run's own, which no earlier run has left anything in.</summary>
    public string? Group { get; init; }

    /// <summary>From a record's sending to its failure. Default 120 s, as Kafka's own producer has it.</summary>
    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long a broker may take over a write. Default 30 s, as Kafka's own producer has it.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a record waits for company in its batch. Default 5 ms, as in Kafka 4; it is part of the latency.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary><c>fetch.max.wait.ms</c>: how long a broker holds a fetch that finds nothing. Default 500 ms, as Kafka's own consumer has it.</summary>
    public TimeSpan FetchWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long topic, producers and group may take to be ready. Default 60 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long consumers may take to catch up at the end. Default 60 s: a rebalance may take as long.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Everything that is wrong with the options; empty when they can be run.</summary>
    public IReadOnlyList<string> Validate()
    {
        var wrong = new List<string>();
        Require(wrong, Bootstrap.Count > 0, "bootstrap: at least one address");
        Require(wrong, Topic.Length > 0, "topic: a name");
        Require(wrong, Partitions > 0, "partitions: at least 1");
        Require(wrong, ReplicationFactor > 0, "replication factor: at least 1");
        Require(wrong, RecordsPerSecond is > 0 and <= 1_000_000, "records per second: above 0, at most 1,000,000");
        Require(wrong, RecordBytes is >= RecordPayload.MinBytes and <= 900_000, $"record bytes: from {RecordPayload.MinBytes} to 900,000");
        Require(wrong, Producers is > 0 and <= 1000, "producers: from 1 to 1,000");
        Require(wrong, Consumers is > 0 and <= 1000, "consumers: from 1 to 1,000");
        Require(wrong, Duration is null || Duration > TimeSpan.Zero, "duration: above 0");
        return wrong;
    }

    private static void Require(List<string> wrong, bool holds, string rule)
    {
        if (!holds)
        {
            wrong.Add(rule);
        }
    }
}
