using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Planning;

/// <summary>Are the cluster file, the machines and the cluster about the same nodes, and do they run?</summary>
internal static class NodeChecks
{
    /// <summary>The code of a node that cannot be reached, which has an exit code of its own.</summary>
    public const string NotAnsweringCode = "not-answering";

    public static IEnumerable<Finding> Find(PreflightFacts facts) =>
    [
        .. facts.OnMachines,
        .. facts.Now.Nodes.Values.Where(node => !node.IsConfigured).Select(node => Unlisted(node, facts.Now)).OfType<Finding>(),
        .. facts.Now.Nodes.Values.Where(node => node.IsConfigured).SelectMany(node => Listed(node, facts)),
    ];

    private static Finding? Unlisted(Node node, ClusterSnapshot now)
    {
        if (node.Registration is { IsKnown: true, Value: BrokerRegistration.Fenced })
        {
            if (!now.Topics.IsKnown)
            {
                return Findings.Unread($"the replicas of broker {node.Id}, which is not in the cluster file", now.Topics.Why);
            }

            var replicas = now.ReplicasOn(node.Id);
            return replicas == 0
                ? Findings.Note(
                    "ghost-broker", $"broker {node.Id}", "registered, fenced, no replicas, not in the cluster file", "no such registration",
                    "Its registration is removed before the finalisation, for Kafka counts it when a feature is raised.")
                : Findings.Refusal(
                    "ghost-broker", $"broker {node.Id}", $"registered, fenced, {replicas} replicas, not in the cluster file", "a running broker in the cluster file",
                    "Bring it back and add it to the cluster file, or move its replicas and unregister it.");
        }

        return Findings.Refusal(
            "unlisted-node", $"node {node.Id}", "it is part of the cluster and not in the cluster file", "every node in the cluster file",
            "Add it to nodes: in the cluster file.");
    }

    private static IEnumerable<Finding> Listed(Node node, PreflightFacts facts)
    {
        if (!node.Process.IsKnown)
        {
            yield return Findings.Unread($"the process of node {node.Id}", node.Process.Why);
        }
        else if (node.Process.Value is null && !node.IsController && facts.Now.Controllers.Any(other => Differs(other, facts.Target)))
        {
            yield return Findings.Refusal(
                "node-down", $"node {node.Id}", "no process runs", "a running broker: controllers are upgraded first, and wait for it",
                "Start it on the release it had, or remove it from the cluster and the cluster file.");
        }
        else if (node.Process.Value is null)
        {
            yield return Findings.Warning(
                "node-down", $"node {node.Id}", "no process runs", "a running node", "It will be started first, on the target.");
        }
        else if (NotAnswering(node) is { } silent)
        {
            yield return Findings.Refusal(
                NotAnsweringCode, $"node {node.Id}", silent, "an answer on every listener, and an unfenced broker",
                "It may be recovering its logs: wait until it serves, or stop it; a node that is down is started first, on the target.");
        }
    }

    /// <summary>A node that runs without serving is never restarted by us, so an upgrade could only wait for it.</summary>
    private static string? NotAnswering(Node node) => node switch
    {
        { IsBroker: true, BrokerAnswer.IsKnown: false } => $"its process runs, its client listener does not answer: {node.BrokerAnswer.Why}",
        { IsController: true, ControllerAnswer.IsKnown: false } => $"its process runs, its controller listener does not answer: {node.ControllerAnswer.Why}",
        { IsBroker: true, Registration: { IsKnown: true, Value: not BrokerRegistration.Unfenced } } => $"its process runs, its broker is {node.Registration.Value.ToString().ToLowerInvariant()}",
        _ => null,
    };

    private static bool Differs(Node node, KafkaRelease target) => !node.Running.IsKnown || node.Running.Value != target;
}
