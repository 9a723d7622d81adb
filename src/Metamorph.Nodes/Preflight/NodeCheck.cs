using Metamorph.Model;

namespace Metamorph.Nodes;

/// <summary>
/// Judges the nodes of this machine before anything is touched: can they be found, stopped, flipped and started again?
/// </summary>
public static class NodeCheck
{
    /// <summary>Looks at every node's home, config, logs and processes. Changes nothing.</summary>
    /// <returns>All that was found, in the order of the nodes; empty when nothing stands in the way.</returns>
    public static IReadOnlyList<Finding> Check(IReadOnlyList<NodeOptions> nodes) =>
        Judge([.. nodes.Select(NodeFacts.Of)]);

    internal static IReadOnlyList<Finding> Judge(IReadOnlyList<NodeFacts> nodes) =>
        [.. nodes.SelectMany(node => OfHome(node).Concat(OfConfig(node)).Concat(OfProcess(node))), .. SharedFindings.Of(nodes)];

    private static IEnumerable<Finding> OfHome(NodeFacts node)
    {
        var home = node.Options.Home;
        const string Expected = "a symlink to the release in use";
        if (!node.IsHomeThere)
        {
            yield return Refusal(node, "home-missing", $"{home} is not there", Expected, $"ln -s RELEASE {home}");
        }
        else if (!node.IsHomeSymlink)
        {
            yield return Refusal(
                node, "home-not-a-symlink", $"{home} is no symlink", Expected,
                $"stop the node, move {home} into the releases directory as kafka_2.13-VERSION, link it from {home}, start the node");
        }
        else if (node.HomeTarget is null)
        {
            yield return Refusal(
                node, "home-target-missing", $"{home} leads nowhere", Expected, $"ln -sfn RELEASE {home}");
        }

        if (!node.CanFlip)
        {
            yield return Refusal(
                node, "home-not-writable", $"the folder of {home} may not be written", "a folder where the symlink can be replaced",
                "run Metamorph as a user that may write it");
        }

        if (node.LogsFault is { } fault)
        {
            yield return Refusal(
                node, "logs-not-writable", fault, $"a folder {node.Options.Logs} for server.out",
                "run Metamorph as a user that may write it, or name another folder with logs:");
        }
    }

    private static IEnumerable<Finding> OfConfig(NodeFacts node)
    {
        var config = node.Options.Config;
        if (!node.Properties.IsKnown)
        {
            return
            [
                Refusal(
                    node, "config-unreadable", $"{config}: {node.Properties.Why}", "the node's server.properties",
                    "correct config: in the cluster file, or let Metamorph's user read it"),
            ];
        }

        return OfIdentity(node, node.Properties.Value).Concat(OfSettings(node, node.Properties.Value));
    }

    private static IEnumerable<Finding> OfIdentity(NodeFacts node, ServerProperties properties)
    {
        var config = node.Options.Config;
        if (properties.HasContradictoryIds)
        {
            yield return Refusal(
                node, "node-ids-contradict", $"{config}: node.id={properties["node.id"]}, broker.id={properties["broker.id"]}",
                "one id", "remove broker.id: Kafka does not start with both");
        }
        else if (properties.NodeId is null)
        {
            yield return Refusal(
                node, "node-id-missing", $"{config} has no node.id", $"node.id={node.Options.Id}", $"check that {config} is this node's");
        }
        else if (properties.NodeId != node.Options.Id)
        {
            yield return Refusal(
                node, "node-id-differs", $"{config} is of node {properties.NodeId}", $"node.id={node.Options.Id}",
                "correct id: or config: in the cluster file");
        }
    }

    private static IEnumerable<Finding> OfSettings(NodeFacts node, ServerProperties properties)
    {
        var config = node.Options.Config;
        if (properties.IsZooKeeperMode)
        {
            yield return Refusal(
                node, "zookeeper-mode", $"{config} has no process.roles: a node of ZooKeeper mode", "a KRaft node",
                "migrate the cluster to KRaft on 3.9 first");
        }

        if (!properties.IsControlledShutdownEnabled && (properties.IsBroker || properties.IsZooKeeperMode))
        {
            yield return Refusal(
                node, "controlled-shutdown-disabled", $"{config}: controlled.shutdown.enable=false", "true, Kafka's default",
                "remove the line and restart the node by hand: with it a stop takes leaders away from clients unannounced");
        }

        foreach (var folder in properties.LogDirs.Where(folder => !Path.IsPathRooted(folder)))
        {
            yield return Refusal(
                node, "log-dir-relative", $"{config}: {folder}", "an absolute path",
                "write the whole path: a relative one leads elsewhere when the node is started from another folder");
        }

        foreach (var listener in new[] { properties.BrokerListener, properties.ControllerListener }.OfType<Listener>())
        {
            if (!listener.IsPlaintext)
            {
                yield return Refusal(
                    node, "listener-not-plaintext", $"{config}: {listener}", "a listener in PLAINTEXT",
                    "add one that only Metamorph's machine can reach: TLS and SASL are not in this version");
            }
        }
    }

    private static IEnumerable<Finding> OfProcess(NodeFacts node)
    {
        const string Expected = "at most one process with the node's config";
        if (!node.Pids.IsKnown)
        {
            yield return Refusal(node, "process-unknown", node.Pids.Why!, Expected, "run Metamorph as the nodes' user");
        }
        else if (node.Pids.Value.Length > 1)
        {
            yield return Refusal(
                node, "process-ambiguous",
                $"processes {string.Join(", ", node.Pids.Value)} all run with {node.Options.Config}", Expected,
                "end the one that is not the node");
        }
    }

    private static Finding Refusal(NodeFacts node, string code, string found, string expected, string remedy) =>
        new(FindingSeverity.Refusal, code, $"node {node.Options.Id}", found, expected, remedy);
}
