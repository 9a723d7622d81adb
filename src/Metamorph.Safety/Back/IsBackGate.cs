using Metamorph.Model;
using Metamorph.Releases;

namespace Metamorph.Safety;

/// <summary>Is a restarted node back? It serves on the target, holds all its replicas in sync, and its voter is current.</summary>
/// <remarks>
/// "The process runs" is not "it serves", and "it serves" is not "it has caught up": each is asked apart, so that the
/// operator sees how far the node is. Leadership is not asked here: it comes back by an election after this gate.
/// </remarks>
public static class IsBackGate
{
    /// <summary>It runs on <paramref name="target"/>, answers on every listener, and its broker is unfenced.</summary>
    public static GateVerdict JudgeServing(ClusterSnapshot now, NodeId id, KafkaRelease target)
    {
        if (!now.Nodes.TryGetValue(id, out var node))
        {
            return GateVerdict.Of([new Objection.NotKnown($"node {id}", "it is not in the snapshot")]);
        }

        if (NodeHealth.ObjectionTo(node) is { } objection)
        {
            return GateVerdict.Of([objection]);
        }

        if (!node.Running.IsKnown || node.Running.Value != target)
        {
            return GateVerdict.Of([new Objection.ReleaseBehind(id, node.Running.ToString(), target)]);
        }

        return GateVerdict.Of(MissingFeatures(node, target));
    }

    /// <summary>Every replica on it is in sync, and its voter has caught up with the quorum's leader.</summary>
    public static GateVerdict JudgeCaughtUp(ClusterSnapshot now, NodeId id) =>
        GateVerdict.Of([.. ReplicasOutOfSync(now, id), .. VoterBehind(now, id)]);

    /// <summary>It leads every partition whose preferred leader it is.</summary>
    public static GateVerdict JudgeLeadership(ClusterSnapshot now, NodeId id) => GateVerdict.Of(LeadershipsNotReturned(now, id));

    /// <summary>Its broker has registered anew, where its log tells the epochs: the wire does not.</summary>
    /// <param name="now">A fresh snapshot.</param>
    /// <param name="id">The node.</param>
    /// <param name="before">The epoch before it was stopped.</param>
    public static GateVerdict JudgeRegisteredAnew(ClusterSnapshot now, NodeId id, Observed<long> before) =>
        before.IsKnown && now.Nodes.TryGetValue(id, out var node) && node.RegistrationEpoch.IsKnown && node.RegistrationEpoch.Value <= before.Value
            ? GateVerdict.Of([new Objection.NodeNotServing(id, $"a registration after the one of broker epoch {before.Value}")])
            : GateVerdict.Open;

    private static IEnumerable<Objection> MissingFeatures(Node node, KafkaRelease target)
    {
        var defaults = ReleaseCatalog.FeaturesFinalizedByDefault(target.Line);
        if (!defaults.IsKnown)
        {
            yield return new Objection.NotKnown($"the features of {target}", defaults.Why!);
            yield break;
        }

        var answer = node.IsBroker ? node.BrokerAnswer : node.ControllerAnswer;
        foreach (var (feature, level) in defaults.Value)
        {
            FeatureRange? supported = answer.Value.SupportedFeatures.TryGetValue(feature, out var range) ? range : null;
            if (supported?.Contains(level) != true)
            {
                yield return new Objection.FeatureMissing(node.Id, feature, level, supported);
            }
        }
    }

    private static IEnumerable<Objection> ReplicasOutOfSync(ClusterSnapshot now, NodeId id) =>
        OfPartitions(now, (topic, partition) => partition.Replicas.Contains(id) && !partition.Isr.Contains(id)
            ? new Objection.ReplicaOutOfSync(id, topic.IdOf(partition))
            : null);

    private static IEnumerable<Objection> LeadershipsNotReturned(ClusterSnapshot now, NodeId id) =>
        OfPartitions(now, (topic, partition) => partition.PreferredLeader == id && partition.Leader != id
            ? new Objection.LeadershipNotReturned(id, topic.IdOf(partition), partition.Leader)
            : null);

    /// <summary>Asks every partition of the cluster, as a wait does several times a second: in loops, for a query copies each partition.</summary>
    private static IEnumerable<Objection> OfPartitions(ClusterSnapshot now, Func<Topic, Partition, Objection?> judge)
    {
        if (!now.Topics.IsKnown)
        {
            yield return new Objection.NotKnown("topics and partitions", now.Topics.Why!);
            yield break;
        }

        foreach (var topic in now.Topics.Value)
        {
            foreach (var partition in topic.Partitions)
            {
                if (judge(topic, partition) is { } objection)
                {
                    yield return objection;
                }
            }
        }
    }

    private static IEnumerable<Objection> VoterBehind(ClusterSnapshot now, NodeId id)
    {
        if (!now.Nodes.TryGetValue(id, out var node) || !node.IsController)
        {
            return [];
        }

        if (!now.Quorum.IsKnown)
        {
            return [new Objection.NotKnown("the controller quorum", now.Quorum.Why!)];
        }

        var quorum = now.Quorum.Value;
        if (quorum.Leader is null)
        {
            return [new Objection.NoActiveController()];
        }

        if (quorum.Voter(id) is not { } voter)
        {
            return [new Objection.NotKnown($"the voter {id}", "it is not among the quorum's voters")];
        }

        return quorum.IsCurrent(voter) ? [] : [new Objection.VoterBehind(id, voter.LogEndOffset, quorum.HighWatermark)];
    }
}
