using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Metamorph.Kafka.Errors;
using Metamorph.Model;
using Metamorph.Nodes;
using Metamorph.Observation;

namespace Metamorph.Cli;

/// <summary>Three combined nodes of a real release in a temporary folder, made for one demo and gone with it.</summary>
internal sealed class RealDemoCluster : IDemoCluster
{
    private const int Nodes = 3;

    /// <summary>Well above what three small nodes need to form a quorum, also on a busy machine.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);

    private readonly ReleaseDirectory releases;
    private readonly KafkaRelease release;
    private readonly int[] ports = FreePorts(2 * Nodes);

    private RealDemoCluster(ReleaseDirectory releases, KafkaRelease release)
    {
        this.releases = releases;
        this.release = release;
        Folder = Directory.CreateTempSubdirectory("metamorph-demo-").FullName;
    }

    public string Folder { get; }

    public ClusterSession Open() => ClusterSession.Open(ClusterFile, releases.Path);

    private string ClusterFile => Path.Combine(Folder, "demo.yaml");

    private string Home => releases.Locate(release)!;

    /// <summary>Makes the nodes and starts them, and returns when all serve.</summary>
    public static async Task<RealDemoCluster> StartAsync(ReleaseDirectory releases, KafkaRelease release, CancellationToken cancellationToken)
    {
        var cluster = new RealDemoCluster(releases, release);
        try
        {
            cluster.WriteFiles();
            await cluster.FormatAsync(cancellationToken);
            await cluster.StartNodesAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the nodes and deletes their folder. They are thrown away with all they hold, so nothing is waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        await using var session = ClusterSession.Open(ClusterFile, releases.Path);
        foreach (var driver in session.Drivers.Values)
        {
            if ((await driver.ObserveAsync(CancellationToken.None)).Process is { } process)
            {
                using var running = Process.GetProcessById(process.Pid);
                running.Kill();
                await running.WaitForExitAsync();
            }
        }

        Directory.Delete(Folder, recursive: true);
    }

    private void WriteFiles()
    {
        var yaml = new List<string>
        {
            "cluster: demo",
            $"bootstrap: [{string.Join(", ", Ids.Select(id => $"127.0.0.1:{BrokerPort(id)}"))}]",
            $"releases: {releases.Path}",
            "nodes:",
        };
        foreach (var id in Ids)
        {
            Directory.CreateDirectory(Path.Combine(NodeFolder(id), "logs"));
            File.CreateSymbolicLink(Path.Combine(NodeFolder(id), "kafka"), Home);
            File.WriteAllText(Config(id), PropertiesOf(id));
            yaml.Add($"  - {{ id: {id}, home: {NodeFolder(id)}/kafka, config: {Config(id)}, logs: {NodeFolder(id)}/logs }}");
        }

        File.WriteAllLines(ClusterFile, yaml);
    }

    private string PropertiesOf(int id) => $"""
        process.roles=broker,controller
        node.id={id}
        broker.rack={(char)('a' + id - 1)}
        controller.quorum.voters={string.Join(',', Ids.Select(voter => $"{voter}@127.0.0.1:{ControllerPort(voter)}"))}
        controller.listener.names=CONTROLLER
        listeners=PLAINTEXT://127.0.0.1:{BrokerPort(id)},CONTROLLER://127.0.0.1:{ControllerPort(id)}
        advertised.listeners=PLAINTEXT://127.0.0.1:{BrokerPort(id)}
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        log.dirs={NodeFolder(id)}/data
        default.replication.factor=3
        min.insync.replicas=2
        offsets.topic.replication.factor=3
        offsets.topic.num.partitions=3
        transaction.state.log.replication.factor=3
        transaction.state.log.min.isr=2
        group.initial.rebalance.delay.ms=0

        """;

    private async Task FormatAsync(CancellationToken cancellationToken)
    {
        var clusterId = Convert.ToBase64String(Guid.CreateVersion7().ToByteArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        await Task.WhenAll(Ids.Select(id => FormatAsync(id, clusterId, cancellationToken)));
    }

    private async Task FormatAsync(int id, string clusterId, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Home, "bin", "kafka-storage.sh"), ["format", "-t", clusterId, "-c", Config(id)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var complained = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new CommandException(ExitCode.Fault, $"demo: node {id} could not be formatted: {await said}{await complained}");
        }
    }

    private async Task StartNodesAsync(CancellationToken cancellationToken)
    {
        await using var session = ClusterSession.Open(ClusterFile, releases.Path);
        await Task.WhenAll(session.Drivers.Values.Select(driver => driver.StartAsync(release, cancellationToken)));
        using var patience = new CancellationTokenSource(StartPatience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        while (!await IsServingAsync(session, either.Token))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, either.Token);
        }
    }

    private static async Task<bool> IsServingAsync(ClusterSession session, CancellationToken cancellationToken)
    {
        try
        {
            var now = await session.Observer.ObserveAsync(SnapshotScope.Health, cancellationToken);
            return now.Nodes.Count == Nodes && now.Nodes.Values.All(node => node.IsServing);
        }
        catch (Exception e) when (e is ClusterUnreachableException or KafkaException)
        {
            return false;
        }
    }

    private static IEnumerable<int> Ids => Enumerable.Range(1, Nodes);

    private int BrokerPort(int id) => ports[id - 1];

    private int ControllerPort(int id) => ports[Nodes + id - 1];

    private string NodeFolder(int id) => Path.Combine(Folder, $"node-{id.ToString(CultureInfo.InvariantCulture)}");

    private string Config(int id) => Path.Combine(NodeFolder(id), "server.properties");

    /// <summary>Ports that are free now; held all at once, so that no two are the same.</summary>
    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            foreach (var listener in listeners)
            {
                listener.Start();
            }

            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            foreach (var listener in listeners)
            {
                listener.Dispose();
            }
        }
    }
}
