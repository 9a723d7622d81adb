using Metamorph.Model;
using Metamorph.Releases;

namespace Metamorph.Planning;

/// <summary>Can this cluster reach the target in one hop?</summary>
internal static class ReleaseChecks
{
    public static IEnumerable<Finding> Find(PreflightFacts facts)
    {
        var running = facts.Now.Nodes.Values.Where(node => node.IsConfigured).ToList();
        foreach (var node in running.Where(node => !ReleaseOf(node).IsKnown))
        {
            yield return Findings.Unread($"the release of node {node.Id}", ReleaseOf(node).Why);
        }

        var releases = running.Select(ReleaseOf).Where(release => release.IsKnown).Select(release => release.Value).ToList();
        if (releases.Count == 0)
        {
            yield break;
        }

        var metadataVersion = facts.Now.Features.IsKnown ? facts.Now.Features.Value.LevelOf(KafkaFeatures.MetadataVersion) : (short)0;
        var verdict = UpgradePaths.Judge(releases.Min(), releases.Max(), facts.Target, metadataVersion, facts.Now.IsZooKeeperMode);
        foreach (var finding in verdict.Findings)
        {
            yield return finding;
        }
    }

    /// <summary>What runs; a node that is down will be started anyway, so what its home points to counts.</summary>
    public static Observed<KafkaRelease> ReleaseOf(Node node) =>
        node.Process is { IsKnown: true, Value: null } ? node.Installed : node.Running;
}
