using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Releases;

namespace Metamorph.Planning;

/// <summary>Foresees which brokers must register a second time before all features can be raised.</summary>
/// <remarks>
/// A broker that registers while the active controller is older than 3.9 uses BrokerRegistrationRequest below version 4,
/// which leaves out features whose minimum level is 0: the controller never learns that it supports
/// <c>group.version</c> and the like, and refuses to raise them for good. The active controller is rolled last, so in
/// combined mode all brokers that were rolled before it are concerned; with dedicated controllers none is. A roll that
/// was broken off has left brokers on the target already: nobody can tell any more who led when they registered, so
/// while an old controller is still there they are taken to have registered with one.
/// </remarks>
public static class RegisterAgain
{
    /// <param name="now">The snapshot that the roll is planned from.</param>
    /// <param name="order">The nodes to be rolled, in their order.</param>
    /// <param name="target">The release they will run.</param>
    public static ImmutableArray<NodeId> Foresee(ClusterSnapshot now, ImmutableArray<NodeId> order, KafkaRelease target)
    {
        if (RegistrationRules.FeaturesNeedingNewRegistration(target.Line).Count == 0 || !now.Controllers.Any(IsOld))
        {
            return [];
        }

        var before = now.Brokers.Where(node => node.IsConfigured && !order.Contains(node.Id)).Select(node => node.Id);
        return IsLeaderOld(now) ? [.. before, .. RolledUnderOldLeader(now, order)] : [.. before];
    }

    private static IEnumerable<NodeId> RolledUnderOldLeader(ClusterSnapshot now, ImmutableArray<NodeId> order)
    {
        // Up to the last voter the active controller is one that was not rolled yet, and so an old one.
        var lastVoter = order.Select((id, index) => (id, index)).Where(node => now.Nodes[node.id].IsController).Select(node => node.index)
            .DefaultIfEmpty(order.Length).Last();
        return order.Take(lastVoter).Where(id => now.Nodes[id].IsBroker);
    }

    private static bool IsLeaderOld(ClusterSnapshot now) =>
        now.Quorum is { IsKnown: true, Value.Leader: { } leader }
        && now.Nodes.TryGetValue(leader, out var node)
        && IsOld(node);

    private static bool IsOld(Node node) =>
        node.Running.IsKnown && RegistrationRules.RegistersWithoutZeroMinimumFeatures(node.Running.Value.Line);
}
