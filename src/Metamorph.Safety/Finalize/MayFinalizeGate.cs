using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Releases;

namespace Metamorph.Safety;

/// <summary>May a feature be raised? Every registered broker and controller must support the level, dead ones included.</summary>
/// <remarks>
/// What Kafka itself checks is in FeatureControlManager.reasonNotSupported. Below <c>metadata.version</c> 15 it does not look
/// at controllers at all, and an old one would crash on the new record: so each controller is asked here, always.
/// Whether the controller has each broker's features is seen by a dry run only, which the step does next.
/// </remarks>
public static class MayFinalizeGate
{
    public static GateVerdict Judge(ClusterSnapshot now, KafkaRelease target, string feature, short level) =>
        GateVerdict.Of(
        [
            .. now.Nodes.Values.Where(node => node.IsConfigured).SelectMany(node => ObjectionsTo(node, target, feature, level)),
            .. Ghosts(now),
            .. Voters(now),
        ]);

    /// <summary>Registered brokers that nobody runs any more, with the replicas they still hold.</summary>
    public static IEnumerable<Objection> Ghosts(ClusterSnapshot now)
    {
        var brokers = now.Brokers
            .Where(node => !node.IsConfigured && node.Registration is { IsKnown: true, Value: not BrokerRegistration.Absent })
            .Select(node => (Objection)new Objection.GhostBroker(node.Id, now.ReplicasOn(node.Id)));
        var controllers = now.RegisteredControllers.IsKnown
            ? now.RegisteredControllers.Value.Where(id => !IsConfigured(now, id)).Select(id => (Objection)new Objection.GhostController(id))
            : [];
        return [.. brokers, .. controllers];
    }

    private static IEnumerable<Objection> ObjectionsTo(Node node, KafkaRelease target, string feature, short level)
    {
        if (NodeHealth.ObjectionTo(node) is { } objection)
        {
            yield return objection;
            yield break;
        }

        if (!node.Running.IsKnown || node.Running.Value < target)
        {
            yield return new Objection.ReleaseBehind(node.Id, node.Running.ToString(), target);
        }

        foreach (var answer in AnswersOf(node))
        {
            FeatureRange? supported = answer.SupportedFeatures.TryGetValue(feature, out var range) ? range : null;
            if (supported?.Contains(level) != true)
            {
                yield return new Objection.FeatureMissing(node.Id, feature, level, supported);
            }
        }
    }

    private static IEnumerable<NodeAnswer> AnswersOf(Node node)
    {
        if (node.IsBroker)
        {
            yield return node.BrokerAnswer.Value;
        }

        if (node.IsController)
        {
            yield return node.ControllerAnswer.Value;
        }
    }

    private static IEnumerable<Objection> Voters(ClusterSnapshot now)
    {
        if (!now.Quorum.IsKnown)
        {
            return [new Objection.NotKnown("the controller quorum", now.Quorum.Why!)];
        }

        if (now.Quorum.Value.Leader is null)
        {
            return [new Objection.NoActiveController()];
        }

        var foreign = now.Quorum.Value.Voters
            .Where(voter => !IsConfigured(now, voter.Id))
            .Select(voter => (Objection)new Objection.NotKnown($"the release of voter {voter.Id}", "it is not in the cluster file"));
        return [.. foreign, .. Unregistered(now, now.Quorum.Value)];
    }

    private static IEnumerable<Objection> Unregistered(ClusterSnapshot now, Quorum quorum)
    {
        if (!now.Features.IsKnown)
        {
            return [new Objection.NotKnown("the finalized features", now.Features.Why!)];
        }

        if (now.Features.Value.LevelOf(KafkaFeatures.MetadataVersion) < MetadataVersion.ControllersRegister)
        {
            return [];
        }

        return now.RegisteredControllers.IsKnown
            ? quorum.Voters
                .Where(voter => !now.RegisteredControllers.Value.Contains(voter.Id))
                .Select(voter => new Objection.VoterNotRegistered(voter.Id))
            : [new Objection.NotKnown("the registered controllers", now.RegisteredControllers.Why!)];
    }

    private static bool IsConfigured(ClusterSnapshot now, NodeId id) =>
        now.Nodes.TryGetValue(id, out var node) && node.IsConfigured;
}
