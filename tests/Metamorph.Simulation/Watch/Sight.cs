using System.Collections.Immutable;
using Metamorph.Sandbox;

namespace Metamorph.Simulation;

/// <summary>How the cluster truly was when Metamorph began to look at it.</summary>
/// <remarks>
/// What was bad then, and is bad still when a node is stopped, could be seen. What became bad while Metamorph looked is
/// bad luck, whatever the length of the look: no excuse by the clock is needed.
/// </remarks>
internal sealed record Sight
{
    /// <summary><c>controller.quorum.fetch.timeout.ms</c>.</summary>
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(2);

    public required DateTimeOffset At { get; init; }

    /// <summary>Where the metadata log ended.</summary>
    public required long End { get; init; }

    /// <summary>Nodes that run and, as brokers, are unfenced.</summary>
    /// <remarks>
    /// One that is cut off from the others still answers us: <see cref="Following"/> and <see cref="Voting"/> tell of it before
    /// its session ends (3 s or 9 s).
    /// </remarks>
    public required ImmutableArray<int> Serving { get; init; }

    /// <summary>Voters that a majority can be made of.</summary>
    public required ImmutableArray<int> Voting { get; init; }

    /// <summary>Brokers that the quorum's leader has heard of within the fetch timeout.</summary>
    public required ImmutableArray<int> Following { get; init; }

    /// <summary><c>min.insync.replicas</c> by topic.</summary>
    public required ImmutableSortedDictionary<string, int> MinIsr { get; init; }

    public static Sight Of(World world) => new()
    {
        At = world.Now,
        End = world.Metadata.End,
        MinIsr = world.Metadata.Topics.Values.ToImmutableSortedDictionary(
            topic => topic.Name, topic => world.Controller.Partitions.MinIsrOf(topic), StringComparer.Ordinal),
        Serving = [.. world.Nodes.All.Where(node => IsServing(world, node)).Select(node => node.Id.Value)],
        Following = [.. world.Nodes.Brokers.Where(broker => IsFollowing(world, broker)).Select(node => node.Id.Value)],
        Voting = [.. world.Nodes.Voters.Where(voter => IsVoting(world, voter)).Select(node => node.Id.Value)],
    };

    /// <summary>As if these were serving: what was well in between has not been bad all the time.</summary>
    public Sight CountingAsServing(IEnumerable<int> serving) => this with { Serving = [.. Serving.Union(serving)] };

    public bool IsServing(int node) => Serving.Contains(node);

    public bool IsFollowing(int node) => Following.Contains(node);

    public bool IsVoting(int node) => Voting.Contains(node);

    private static bool IsServing(World world, SandboxNode node) =>
        node is { IsFrozen: false, Life.IsStopping: false }
        && (!node.IsBroker
            || (node.Life.Phase == BrokerPhase.Running && world.Metadata.Brokers.Now.GetValueOrDefault(node.Id.Value) is { IsActive: true }))
        // A controller that is up and has still to catch up is the majority's concern, not this rule's.
        && (!node.IsController || node.Life.HasControllerListener);

    private static bool IsFollowing(World world, SandboxNode broker) =>
        world.Quorum.LastCaughtUp(broker) is { } caughtUp && world.Now - caughtUp < FetchTimeout;

    /// <summary>A voter that is not reached is told by nothing but its lag, which the quorum allows it for a while.</summary>
    private static bool IsVoting(World world, SandboxNode node) =>
        node is { IsFrozen: false, Life: { IsVoting: true, IsStopping: false } }
        && world.Quorum.LastCaughtUp(node) is { } caughtUp && world.Now - caughtUp <= FetchTimeout;
}
