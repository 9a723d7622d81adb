using Metamorph.Model;

namespace Metamorph.Planning;

/// <summary>Can the controller quorum lose one voter at a time?</summary>
internal static class QuorumChecks
{
    public static IEnumerable<Finding> Find(PreflightFacts facts)
    {
        if (facts.Now.IsZooKeeperMode)
        {
            yield break;
        }

        if (!facts.Now.Quorum.IsKnown)
        {
            yield return Findings.Unread("the controller quorum", facts.Now.Quorum.Why);
            yield break;
        }

        var quorum = facts.Now.Quorum.Value;
        if (quorum.Leader is null)
        {
            yield return Findings.Refusal(
                "no-active-controller", "the controller quorum", "no leader", "an active controller", "Bring back a majority of the voters.");
        }

        foreach (var voter in quorum.Voters.Where(voter => !facts.Now.Nodes.TryGetValue(voter.Id, out var node) || !node.IsConfigured))
        {
            yield return Findings.Refusal(
                "unlisted-node", $"controller {voter.Id}", "it votes in the quorum and is not in the cluster file", "every node in the cluster file",
                "Add it to nodes: in the cluster file.");
        }

        if (quorum.Voters.Length <= 2)
        {
            yield return Findings.Warning(
                "small-quorum", "the controller quorum", $"{quorum.Voters.Length} voters", "3 or more",
                "While a voter restarts there is no active controller: no elections, no ISR changes, no admin operations.");
        }
    }
}
