using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Nodes;

/// <summary>What the operator's cluster file says, validated; all paths are absolute, all defaults are merged.</summary>
public sealed record ClusterFileOptions
{
    /// <summary>The file this was read from, as an absolute path.</summary>
    public required string File { get; init; }

    /// <summary><c>cluster:</c>, the name that runs and reports carry.</summary>
    public required string Name { get; init; }

    /// <summary>Where to find the cluster; at least one.</summary>
    public required ImmutableArray<Endpoint> Bootstrap { get; init; }

    /// <summary><c>releases:</c>, the folder of unpacked <c>kafka_*-VERSION</c>; null when the file does not say.</summary>
    public string? ReleasesDirectory { get; init; }

    /// <summary><c>service:</c>, where clients find the cluster; null when Metamorph keeps no such list.</summary>
    public ServiceOptions? Service { get; init; }

    /// <summary>In the order of the file; at least one, ids are unique.</summary>
    public required ImmutableArray<NodeOptions> Nodes { get; init; }

    public LimitOptions Limits { get; init; } = LimitOptions.None;

    public NodeOptions? Node(NodeId id) => Nodes.FirstOrDefault(node => node.Id == id);
}

/// <summary>One node of the cluster file: only what its own config cannot tell.</summary>
public sealed record NodeOptions
{
    public required NodeId Id { get; init; }

    /// <summary>Null: the config's <c>broker.rack</c>, if any, is the rack.</summary>
    public string? Rack { get; init; }

    public DriverKind Driver { get; init; } = DriverKind.Process;

    /// <summary>A symlink to the release in use; the driver flips it.</summary>
    public required string Home { get; init; }

    /// <summary>The node's <c>server.properties</c>.</summary>
    public required string Config { get; init; }

    /// <summary>The folder of <c>server.out</c>, the stdout and stderr of the processes we start.</summary>
    public required string Logs { get; init; }

    /// <summary>Added to the environment of a process that we start; the node's own entries win over the defaults.</summary>
    public ImmutableSortedDictionary<string, string> Env { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>How a node's machine is reached.</summary>
public enum DriverKind
{
    /// <summary>A process on this machine.</summary>
    Process,
}

/// <summary>Where clients look up the cluster.</summary>
/// <param name="File">One <c>host:port</c> a line, replaced atomically; only active nodes are ever in it.</param>
public sealed record ServiceOptions(string File);

/// <summary>How much the operator tolerates.</summary>
/// <param name="MaxGroupLag">Records that a consumer group may be behind before a step waits, by group id.</param>
public sealed record LimitOptions(ImmutableSortedDictionary<string, long> MaxGroupLag)
{
    public static LimitOptions None { get; } = new(ImmutableSortedDictionary<string, long>.Empty);
}
