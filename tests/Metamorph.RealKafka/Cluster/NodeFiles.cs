using System.Text;

namespace Metamorph.RealKafka.Cluster;

/// <summary>The files that an operator would write: each node's <c>server.properties</c> and Metamorph's cluster file.</summary>
internal static class NodeFiles
{
    public static string ServerProperties(RealNode node, IReadOnlyList<RealNode> all, RealClusterOptions options)
    {
        var properties = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["process.roles"] = string.Join(',', RolesOf(node.Roles)),
            ["node.id"] = $"{node.Id}",
            ["controller.quorum.voters"] = string.Join(',', all.Where(peer => peer.Roles.IsController)
                .Select(voter => $"{voter.Id}@127.0.0.1:{voter.ControllerPort}")),
            ["controller.listener.names"] = "CONTROLLER",
            ["listener.security.protocol.map"] = "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            ["listeners"] = string.Join(',', ListenersOf(node)),
            ["log.dirs"] = node.DataDir,
        };
        if (node.Roles.IsBroker)
        {
            properties["advertised.listeners"] = $"PLAINTEXT://127.0.0.1:{node.AdvertisedPort}";
        }

        if (RackOf(node, options) is { } rack)
        {
            properties["broker.rack"] = rack;
        }

        foreach (var (key, value) in ReplicationOf(options).Concat(options.Properties))
        {
            properties[key] = value;
        }

        return string.Concat(properties.Select(property => $"{property.Key}={property.Value}\n"));
    }

    public static string ClusterFile(string name, RealCluster cluster, RealClusterOptions options)
    {
        var yaml = new StringBuilder($"""
            cluster: {name}
            bootstrap: [{cluster.Bootstrap.Replace(",", ", ", StringComparison.Ordinal)}]
            releases: {cluster.Dists.Folder}
            defaults:
              driver: process
              env: {"{"} {string.Join(", ", options.Environment.Select(variable => $"{variable.Key}: \"{variable.Value}\""))} {"}"}
            nodes:

            """);
        foreach (var node in cluster.Nodes)
        {
            yaml.Append($"  - id: {node.Id}\n");
            if (RackOf(node, options) is { } rack)
            {
                yaml.Append($"    rack: {rack}\n");
            }

            yaml.Append($"    home: {node.Home}\n    config: {node.Config}\n    logs: {node.LogsDir}\n");
        }

        return yaml.ToString();
    }

    private static IEnumerable<string> RolesOf(NodeRoles roles)
    {
        if (roles.IsBroker)
        {
            yield return "broker";
        }

        if (roles.IsController)
        {
            yield return "controller";
        }
    }

    private static IEnumerable<string> ListenersOf(RealNode node)
    {
        if (node.BrokerPort is { } brokerPort)
        {
            yield return $"PLAINTEXT://127.0.0.1:{brokerPort}";
        }

        if (node.ControllerPort is { } controllerPort)
        {
            yield return $"CONTROLLER://127.0.0.1:{controllerPort}";
        }
    }

    private static string? RackOf(RealNode node, RealClusterOptions options) =>
        options.Racks.Count > 0 && node.Roles.IsBroker ? options.Racks[(node.Id - 1) % options.Racks.Count] : null;

    // Few partitions in the internal topics: a cluster's first consumer waits until all of them are there.
    private static Dictionary<string, string> ReplicationOf(RealClusterOptions options)
    {
        var replicas = Math.Min(options.DefaultReplicationFactor, options.Layout.BrokerCount);
        var minIsr = Math.Min(options.MinInsyncReplicas, replicas);
        return new Dictionary<string, string>
        {
            ["default.replication.factor"] = $"{replicas}",
            ["min.insync.replicas"] = $"{minIsr}",
            ["offsets.topic.replication.factor"] = $"{replicas}",
            ["offsets.topic.num.partitions"] = "5",
            ["transaction.state.log.replication.factor"] = $"{replicas}",
            ["transaction.state.log.min.isr"] = $"{minIsr}",
            ["transaction.state.log.num.partitions"] = "5",
            ["group.initial.rebalance.delay.ms"] = "0",
            ["num.network.threads"] = "2",
            ["num.io.threads"] = "4",
        };
    }
}
