using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>What cluster the sandbox is when it begins: running, formatted, with these nodes and topics.</summary>
public sealed record SandboxTopology
{
    public required string ClusterId { get; init; }

    public required ImmutableArray<NodeSpec> Nodes { get; init; }

    /// <summary>Where clients begin: every broker.</summary>
    public ImmutableArray<Endpoint> Bootstrap => [.. Nodes.Select(node => node.BrokerEndpoint).OfType<Endpoint>()];

    public ImmutableArray<TopicSpec> Topics { get; init; } = [];

    /// <summary>The finalized features; null: what a new cluster of the oldest node's release has.</summary>
    public ImmutableSortedDictionary<string, short>? Features { get; init; }

    /// <summary>Overrides of <c>server.properties</c> on every node, such as <c>min.insync.replicas</c>.</summary>
    public ImmutableSortedDictionary<string, string> Properties { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    public SandboxTimings Timings { get; init; } = new();

    /// <summary>Decides every random choice of the cluster.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>When it begins.</summary>
    public DateTimeOffset Start { get; init; } = DateTimeOffset.UnixEpoch;
}

/// <summary>One node at the beginning.</summary>
public sealed record NodeSpec
{
    public required NodeId Id { get; init; }

    public bool IsBroker { get; init; } = true;

    public bool IsController { get; init; }

    public string? Rack { get; init; }

    public required KafkaRelease Release { get; init; }

    /// <summary>Where clients reach its broker; null for a dedicated controller.</summary>
    public Endpoint? BrokerEndpoint { get; init; }

    /// <summary>Where its controller listens; null for a plain broker.</summary>
    public Endpoint? ControllerEndpoint { get; init; }

    public ImmutableArray<LogDirSpec> LogDirs { get; init; } = [new("/var/lib/kafka", TotalBytes: 1L << 40)];

    /// <summary>False: registered, and nobody stands behind it any more.</summary>
    public bool IsRunning { get; init; } = true;

    /// <summary>False: set up and never started, so that the cluster does not know its broker yet. It does not run, then.</summary>
    public bool IsRegistered { get; init; } = true;
}

/// <summary>A volume of a broker.</summary>
/// <param name="Path">What Kafka calls it.</param>
/// <param name="TotalBytes">Its size.</param>
/// <param name="OthersBytes">What is on it that is not Kafka's.</param>
public sealed record LogDirSpec(string Path, long TotalBytes, long OthersBytes = 0);

/// <summary>A topic at the beginning.</summary>
public sealed record TopicSpec
{
    public required string Name { get; init; }

    /// <summary>Its id; null: one is drawn.</summary>
    public Guid? Id { get; init; }

    public required ImmutableArray<PartitionSpec> Partitions { get; init; }

    /// <summary>Its config overrides.</summary>
    public ImmutableSortedDictionary<string, string> Configs { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>A partition at the beginning. What it holds is synthetic: sizes and offsets without records.</summary>
public sealed record PartitionSpec
{
    /// <summary>The first is the preferred leader.</summary>
    public required int[] Replicas { get; init; }

    /// <summary>Null: all replicas.</summary>
    public int[]? Isr { get; init; }

    /// <summary>Null: the first of the ISR; -1: nobody leads it.</summary>
    public int? Leader { get; init; }

    public int LeaderEpoch { get; init; }

    /// <summary>Replicas that a reassignment is adding, among <see cref="Replicas"/>.</summary>
    public int[] Adding { get; init; } = [];

    /// <summary>Replicas that a reassignment is removing, among <see cref="Replicas"/>.</summary>
    public int[] Removing { get; init; } = [];

    /// <summary>Where its log ends.</summary>
    public long EndOffset { get; init; }

    /// <summary>The bytes of its log segments.</summary>
    public long Bytes { get; init; }
}
