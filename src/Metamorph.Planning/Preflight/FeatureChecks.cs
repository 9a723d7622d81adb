using Metamorph.Model;
using Metamorph.Releases;
using Metamorph.Safety;

namespace Metamorph.Planning;

/// <summary>What the finalisation will do beyond raising numbers.</summary>
internal static class FeatureChecks
{
    private const string MinInsyncReplicas = "min.insync.replicas";

    public static IEnumerable<Finding> Find(PreflightFacts facts)
    {
        if (facts.Now.IsZooKeeperMode)
        {
            yield break;
        }

        if (!facts.Now.Features.IsKnown)
        {
            yield return Findings.Unread("the finalized features", facts.Now.Features.Why);
            yield break;
        }

        var wanted = ReleaseCatalog.FeaturesFinalizedByDefault(facts.Target.Line);
        if (!wanted.IsKnown)
        {
            yield break; // An unknown target is refused as such.
        }

        var raised = wanted.Value.Where(feature => facts.Now.Features.Value.LevelOf(feature.Key) < feature.Value).ToList();
        if (raised.Count == 0 || facts.Finalize.Mode == FinalizeMode.Never)
        {
            yield break;
        }

        yield return Findings.Note(
            "way-back", "the finalisation",
            string.Join(", ", raised.Select(feature => $"{feature.Key} {facts.Now.Features.Value.LevelOf(feature.Key)} → {feature.Value}")),
            "approval", "Until the finalisation the way back to the old release is open; afterwards it is closed.");

        foreach (var ghost in MayFinalizeGate.Ghosts(facts.Now).OfType<Objection.GhostController>())
        {
            yield return Findings.Warning(
                "ghost-controller", $"controller {ghost.Node}", "registered, not in the cluster file", "no such registration",
                "The roll goes through, but Kafka raises no feature while this one is registered with an old release: start it once more on the target, so that it registers anew.");
        }

        if (raised.Any(feature => feature.Key == KafkaFeatures.EligibleLeaderReplicas))
        {
            foreach (var finding in EligibleLeaders(facts))
            {
                yield return finding;
            }
        }
    }

    /// <summary>Raising ELR writes a cluster-wide min.insync.replicas and deletes the brokers' own (KIP-966).</summary>
    private static IEnumerable<Finding> EligibleLeaders(PreflightFacts facts)
    {
        if (!facts.BrokerOverrides.IsKnown)
        {
            return [Findings.Unread("broker configs", facts.BrokerOverrides.Why)];
        }

        var concerned = facts.BrokerOverrides.Value.Where(broker => broker.Value.ContainsKey(MinInsyncReplicas)).ToList();
        return concerned.Count == 0
            ? []
            : [Findings.Warning(
                "min-isr-per-broker", $"brokers {string.Join(", ", concerned.Select(broker => broker.Key))}",
                string.Join(", ", concerned.Select(broker => $"{broker.Key}: {MinInsyncReplicas}={broker.Value[MinInsyncReplicas]}")),
                "one value for the cluster",
                $"Raising {KafkaFeatures.EligibleLeaderReplicas} deletes these and sets one for the cluster; set it per topic or for the cluster first.")];
    }
}
