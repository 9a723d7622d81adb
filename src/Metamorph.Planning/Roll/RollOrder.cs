using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Planning;

/// <summary>Which node comes next in a roll: read anew before each, because the active controller moves by itself.</summary>
/// <remarks>
/// Controllers (combined nodes and dedicated ones) before brokers; within these, nodes that do not serve first, then the
/// others by id, combined ones before dedicated ones, and the active controller last. A node that is down holds back all
/// others, so it is never worth waiting to take it first. Kafka's system tests and Strimzi's KafkaRoller roll in this order.
/// </remarks>
public static class RollOrder
{
    /// <summary>The phase that a node is rolled in.</summary>
    public static RollPhase PhaseOf(Node node) => node.IsController ? RollPhase.Controllers : RollPhase.Brokers;

    /// <summary>All of <paramref name="nodes"/> in the order in which they would be rolled now.</summary>
    public static ImmutableArray<NodeId> Of(ClusterSnapshot now, IEnumerable<NodeId> nodes) =>
        [.. nodes.Select(id => now.Nodes[id]).OrderBy(PhaseOf).ThenBy(node => RankOf(now, node)).Select(node => node.Id)];

    /// <summary>The step to take next among those of a plan that are not done; null when none is left.</summary>
    /// <remarks>Steps keep the order of the plan, but among the restarts of one phase the cluster decides.</remarks>
    public static Step? Next(UpgradePlan plan, RunState state, ClusterSnapshot now)
    {
        var open = plan.Steps.Where(step => state.StatusOf(step.Id) is not StepStatus.Done).ToImmutableArray();
        if (open is not [Step.RestartNode first, ..])
        {
            return open.FirstOrDefault();
        }

        var phase = open.OfType<Step.RestartNode>().Where(step => step.Phase == first.Phase).ToImmutableArray();

        // What was begun is finished first: a node that is down because of us must not wait for its turn.
        return phase.FirstOrDefault(step => state.StatusOf(step.Id) is StepStatus.Halted && IsBegun(now, step))
            ?? phase.OrderBy(step => RankOf(now, step.Node)).First();
    }

    /// <summary>Its node is down, or up on the target: stopped by the step, not merely about to be.</summary>
    private static bool IsBegun(ClusterSnapshot now, Step.RestartNode step) =>
        !now.Nodes.TryGetValue(step.Node, out var node)
        || !node.Process.IsKnown
        || node.Process.Value is not { } process
        || (process.Release.IsKnown && process.Release.Value == step.To);

    /// <summary>The restarts that may be taken before <paramref name="first"/> while its gate stays closed, in their order.</summary>
    /// <remarks>Those of the same phase, but never the active controller: it comes last, whoever is missing.</remarks>
    public static IEnumerable<Step> Instead(UpgradePlan plan, RunState state, ClusterSnapshot now, Step first) =>
        first is not Step.RestartNode restart
            ? []
            : plan.Restarts
                .Where(step => step.Phase == restart.Phase && step != restart && state.StatusOf(step.Id) is not StepStatus.Done)
                .Where(step => now.Nodes.TryGetValue(step.Node, out var node) && !IsActiveController(now, node))
                .OrderBy(step => RankOf(now, step.Node));

    /// <summary>A node that left the cluster file comes first: its step says so, and nothing else should happen before.</summary>
    private static (bool Serves, bool IsActiveController, bool IsDedicated, NodeId Id) RankOf(ClusterSnapshot now, NodeId id) =>
        now.Nodes.TryGetValue(id, out var node) ? RankOf(now, node) : (false, false, false, id);

    private static (bool Serves, bool IsActiveController, bool IsDedicated, NodeId Id) RankOf(ClusterSnapshot now, Node node) =>
        (node.IsServing, IsActiveController(now, node), !node.IsCombined, node.Id);

    private static bool IsActiveController(ClusterSnapshot now, Node node) =>
        now.Quorum.IsKnown && now.Quorum.Value.Leader == node.Id;
}
