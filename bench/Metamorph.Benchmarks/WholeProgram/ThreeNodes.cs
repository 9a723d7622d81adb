using Metamorph.RealKafka.Cluster;

namespace Metamorph.Benchmarks.WholeProgram;

/// <summary>Three combined nodes of a real release in a folder of their own, gone after <see cref="DisposeAsync"/>.</summary>
/// <remarks>
/// Clean-up ends every process that names a path inside the folder, nodes and Metamorph alike; a watchdog does so when
/// this process dies before it could.
/// </remarks>
internal sealed class ThreeNodes : IAsyncDisposable
{
    // They are killed, so this only covers a machine that is busy.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(60);

    private readonly PortLease ports = new();
    private readonly Watchdog watchdog;
    private readonly RealNode[] nodes;
    private readonly RealClusterOptions options;

    private ThreeNodes(RealClusterOptions options)
    {
        this.options = options;
        Folder = Directory.CreateTempSubdirectory("metamorph-bench-").FullName;
        watchdog = Watchdog.Over(Folder);
        nodes = [.. options.Layout.Nodes.Select(roles => new RealNode(roles, Folder, ports, options))];
    }

    /// <summary>Holds everything of this cluster, and is deleted with it.</summary>
    public string Folder { get; }

    public string ClusterFile => Path.Combine(Folder, "cluster.yaml");

    private string Bootstrap => string.Join(", ", nodes.Select(node => $"127.0.0.1:{node.BrokerPort}"));

    /// <summary>Formats and starts the nodes; returns once all serve.</summary>
    public static async Task<ThreeNodes> StartAsync(Releases releases, string release)
    {
        var cluster = new ThreeNodes(new RealClusterOptions { Release = release });
        try
        {
            cluster.WriteFiles(releases);
            await StorageFormat.ApplyAsync(KafkaUuid.New(), cluster.nodes);
            await Task.WhenAll(cluster.nodes.Select(node => node.StartAsync())).WaitAsync(cluster.options.StartPatience);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates a topic with a replica on each node.</summary>
    public async Task CreateTopicAsync(string topic, int partitions)
    {
        string[] wish = ["--topic", topic, "--partitions", $"{partitions}", "--replication-factor", $"{nodes.Length}"];
        var tool = Path.Combine(nodes[0].Home, "bin", "kafka-topics.sh");
        (await Command.RunAsync(tool, ["--bootstrap-server", $"127.0.0.1:{nodes[0].BrokerPort}", "--create", .. wish])).Require();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in ProcessTable.NamingPathsUnder(Folder))
        {
            ProcessTable.Send(process, Signal.Kill);
        }

        await Eventually.TrueAsync(() => !ProcessTable.NamingPathsUnder(Folder).Any(), EndPatience, $"end of all processes of {Folder}");
        watchdog.Dispose();
        ports.Dispose();
    }

    private void WriteFiles(Releases releases)
    {
        foreach (var node in nodes)
        {
            Directory.CreateDirectory(node.LogsDir);
            File.WriteAllText(node.Config, PropertiesOf(node));
            node.PointHomeTo(releases.Home(options.Release));
        }

        File.WriteAllText(ClusterFile, $$"""
            cluster: bench
            bootstrap: [{{Bootstrap}}]
            releases: {{releases.Folder}}
            defaults:
              env: { {{string.Join(", ", options.Environment.Select(variable => $"{variable.Key}: \"{variable.Value}\""))}} }
            nodes:
            {{string.Join('\n', nodes.Select(node => $"  - {{ id: {node.Id}, home: {node.Home}, config: {node.Config}, logs: {node.LogsDir} }}"))}}

            """);
    }

    // Few partitions in the internal topics, as a small machine would have them.
    private string PropertiesOf(RealNode node) => $"""
        process.roles=broker,controller
        node.id={node.Id}
        controller.quorum.voters={string.Join(',', nodes.Select(voter => $"{voter.Id}@127.0.0.1:{voter.ControllerPort}"))}
        controller.listener.names=CONTROLLER
        listeners=PLAINTEXT://127.0.0.1:{node.BrokerPort},CONTROLLER://127.0.0.1:{node.ControllerPort}
        advertised.listeners=PLAINTEXT://127.0.0.1:{node.BrokerPort}
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        log.dirs={node.DataDir}
        default.replication.factor={options.DefaultReplicationFactor}
        min.insync.replicas={options.MinInsyncReplicas}
        offsets.topic.replication.factor={options.DefaultReplicationFactor}
        offsets.topic.num.partitions=5

        """;
}
