using Metamorph.Model;

namespace Metamorph.Planning;

/// <summary>Can every partition do without one of its brokers for a while?</summary>
internal static class PartitionChecks
{
    /// <summary>Partitions named in one finding; the number says how many there are.</summary>
    private const int Named = 5;

    public static IEnumerable<Finding> Find(PreflightFacts facts)
    {
        if (!facts.Now.Topics.IsKnown)
        {
            return [Findings.Unread("topics and partitions", facts.Now.Topics.Why)];
        }

        return
        [
            .. facts.Now.Topics.Value.SelectMany(topic => OfTopic(topic, facts)),
            .. Reassignments(facts.Now),
            .. Throttles(facts.Now),
            .. UnknownAcceptances(facts),
        ];
    }

    private static IEnumerable<Finding> OfTopic(Topic topic, PreflightFacts facts)
    {
        if (!topic.MinIsr.IsKnown)
        {
            yield return Findings.Unread($"min.insync.replicas of topic {topic.Name}", topic.MinIsr.Why);
        }

        var offline = topic.Partitions.Where(partition => partition.Leader is null).ToList();
        if (offline.Count > 0)
        {
            yield return Findings.Refusal(
                "offline-partitions", $"topic {topic.Name}", $"{offline.Count} partitions without a leader: {Names(topic, offline)}", "a leader for each",
                "Bring back the brokers that hold their replicas.");
        }

        var short_ = topic.Partitions.Where(partition => partition.Leader is not null && partition.IsUnderReplicated).ToList();
        if (short_.Count > 0)
        {
            yield return Findings.Warning(
                "under-replicated", $"topic {topic.Name}", $"{short_.Count} under-replicated partitions: {Names(topic, short_)}", "every replica in sync",
                "The upgrade waits until they are whole.");
        }

        if (topic.MinIsr.IsKnown)
        {
            foreach (var finding in WithoutSpare(topic, facts))
            {
                yield return finding;
            }
        }
    }

    /// <summary>Partitions that cannot stay writable while one replica restarts: the operator accepts them by name, or nothing starts.</summary>
    private static IEnumerable<Finding> WithoutSpare(Topic topic, PreflightFacts facts)
    {
        var restarting = Restarting(facts);
        var bare = topic.Partitions
            .Where(partition => partition.Replicas.Any(restarting.Contains) && partition.Replicas.Count - 1 < Math.Max(1, topic.FloorOf(partition).Value))
            .ToList();
        if (bare.Count == 0)
        {
            yield break;
        }

        var replicas = bare.Min(partition => partition.Replicas.Count);
        var found = $"{bare.Count} partitions with {replicas} replica{(replicas == 1 ? "" : "s")} and min.insync.replicas {topic.MinIsr.Value}: {Names(topic, bare)}";
        var code = replicas == 1 ? "rf1-topic" : "no-spare-replica";
        var effect = replicas == 1 ? "It is offline while its broker restarts." : "It refuses acks=all writes while one of its brokers restarts.";
        yield return facts.AcceptedUnavailable.Contains(topic.Name)
            ? Findings.Warning(code, $"topic {topic.Name}", found, "one replica more than min.insync.replicas", $"{effect} You accepted that.")
            : Findings.Refusal(
                code, $"topic {topic.Name}", found, "one replica more than min.insync.replicas",
                $"{effect} Add a replica, or accept it with --accept-unavailable {topic.Name}.");
    }

    private static HashSet<NodeId> Restarting(PreflightFacts facts)
    {
        var order = RollPlanner.ToRestart(facts.Now, facts.Target);
        return facts.Finalize.Mode == FinalizeMode.Never ? [.. order] : [.. order, .. RegisterAgain.Foresee(facts.Now, order, facts.Target)];
    }

    private static IEnumerable<Finding> Reassignments(ClusterSnapshot now)
    {
        if (!now.Reassignments.IsKnown)
        {
            return [Findings.Unread("reassignments", now.Reassignments.Why)];
        }

        return now.Reassignments.Value.IsEmpty
            ? []
            : [Findings.Refusal(
                "foreign-reassignment", "the cluster",
                $"{now.Reassignments.Value.Length} reassignments under way: {string.Join(", ", now.Reassignments.Value.Take(Named).Select(move => move.Partition))}",
                "none", "Wait until they are done, or cancel them with the tool that started them.")];
    }

    private static IEnumerable<Finding> Throttles(ClusterSnapshot now) =>
        now.Throttles.Or([]) is { IsDefaultOrEmpty: false } throttles
            ? [Findings.Warning(
                "throttle-set", "the cluster", string.Join(", ", throttles.Take(Named).Select(throttle => $"{throttle.Resource} {throttle.Key}={throttle.Value}")),
                "no replication throttle", "Replicas on their lists catch up at that rate after a restart; they are left as they are.")]
            : [];

    private static IEnumerable<Finding> UnknownAcceptances(PreflightFacts facts) =>
        facts.AcceptedUnavailable
            .Where(name => facts.Now.Topics.Value.All(topic => topic.Name != name))
            .Select(name => Findings.Refusal(
                "no-such-topic", $"--accept-unavailable {name}", "the cluster has no such topic", "a topic of the cluster", "Check the name."));

    private static string Names(Topic topic, List<Partition> partitions) =>
        string.Join(", ", partitions.Take(Named).Select(topic.IdOf)) + (partitions.Count > Named ? ", …" : "");
}
