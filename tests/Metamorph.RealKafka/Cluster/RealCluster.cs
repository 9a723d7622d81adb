namespace Metamorph.RealKafka.Cluster;

/// <summary>A real Apache Kafka cluster on this machine, set up and started as an operator would, gone after <see cref="DisposeAsync"/>.</summary>
/// <remarks>
/// Every node is an ordinary detached process, so Metamorph can stop and start it from the cluster file alone. All of a
/// cluster lies in one temporary folder, and clean-up ends every process that names a path inside it, whoever started it.
/// </remarks>
public sealed class RealCluster : IAsyncDisposable
{
    // Controlled shutdown takes up to 3 s on an idle machine; Kafka itself gives up after five minutes.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    private readonly PortLease ports = new();
    private readonly Watchdog watchdog;

    private RealCluster(KafkaDists dists, RealClusterOptions options)
    {
        Dists = dists;
        Folder = Directory.CreateTempSubdirectory("metamorph-real-").FullName;
        watchdog = Watchdog.Over(Folder);
        Nodes = [.. options.Layout.Nodes.Select(roles => new RealNode(roles, Folder, ports, options))];
        ClusterFile = Path.Combine(Folder, "cluster.yaml");
        Name = Path.GetFileName(Folder);
    }

    /// <summary>The name in the cluster file.</summary>
    public string Name { get; }

    public KafkaDists Dists { get; }

    /// <summary>Holds everything of this cluster, and is deleted with it; tests may keep their run directories here.</summary>
    public string Folder { get; }

    public IReadOnlyList<RealNode> Nodes { get; }

    /// <summary>The advertised address of every broker, with commas.</summary>
    public string Bootstrap =>
        string.Join(',', Nodes.Where(node => node.Roles.IsBroker).Select(node => $"127.0.0.1:{node.AdvertisedPort}"));

    /// <summary>The cluster's id, as formatted.</summary>
    public string ClusterId { get; } = KafkaUuid.New();

    /// <summary>The path of the <c>cluster.yaml</c> for <c>metamorph -c</c>.</summary>
    public string ClusterFile { get; }

    public RealNode this[int id] => Nodes.Single(node => node.Id == id);

    /// <summary>Formats and starts every node; returns once all of them serve.</summary>
    /// <remarks>Skips the running test when there is no real Kafka of that release.</remarks>
    public static async Task<RealCluster> StartAsync(RealClusterOptions options)
    {
        var dists = KafkaDists.Require(options.Release);
        var cluster = new RealCluster(dists, options);
        try
        {
            cluster.WriteFiles(options);
            await StorageFormat.ApplyAsync(cluster.ClusterId, cluster.Nodes);
            var first = cluster.Nodes.Where(node => !options.StartLater.Contains(node.Id));
            await Task.WhenAll(first.Select(node => node.StartAsync())).WaitAsync(options.StartPatience);
            return cluster;
        }
        catch (Exception failure)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(cluster.LogTails());
            await cluster.DisposeAsync();
            throw new InvalidOperationException($"the cluster did not start: {failure.Message}", failure);
        }
    }

    /// <summary>Asks a node for a controlled shutdown (SIGTERM) and waits for its end.</summary>
    public Task StopNodeAsync(int id, TimeSpan? patience = null) => this[id].EndAsync(Signal.Terminate, patience ?? StopPatience);

    /// <summary>Kills a node (SIGKILL): the fault from outside that a machine's crash is.</summary>
    public Task KillNodeAsync(int id) => this[id].EndAsync(Signal.Kill, StopPatience);

    /// <summary>Freezes a node (SIGSTOP): its connections stay open and nothing answers.</summary>
    public void PauseNode(int id) => ProcessTable.Send(this[id].RequireProcess(), Signal.Stop);

    /// <summary>Lets a frozen node go on (SIGCONT).</summary>
    public void ContinueNode(int id) => ProcessTable.Send(this[id].RequireProcess(), Signal.Continue);

    /// <summary>Starts a stopped node on the release its home points to; returns once it serves.</summary>
    public Task StartNodeAsync(int id) => this[id].StartAsync();

    /// <summary>Makes a node's home point to another release; its next start uses it.</summary>
    public void PointHomeTo(int id, string release) => this[id].PointHomeTo(Dists.Home(release));

    /// <summary>The command line tools of a release, pointed at this cluster.</summary>
    public KafkaTools Tools(string release = "4.3.1") => new(Dists, release, Bootstrap);

    /// <summary>Runs a tool of the newest release, with this cluster's address added.</summary>
    public Task<ToolResult> RunToolAsync(string tool, params IEnumerable<string> arguments) => Tools().RunAsync(tool, arguments);

    /// <summary>The running nodes by id: which process each one is, and since when.</summary>
    public IReadOnlyDictionary<int, SeenProcess> Processes() =>
        Nodes.Select(node => (node.Id, Process: node.FindProcess()))
            .Where(seen => seen.Process is not null)
            .ToDictionary(seen => seen.Id, seen => seen.Process!);

    /// <summary>Every process that belongs to this cluster: nodes, tools, Metamorph.</summary>
    public IReadOnlyList<SeenProcess> AllProcesses() => [.. ProcessTable.NamingPathsUnder(Folder)];

    /// <summary>The last lines of every node's log.</summary>
    public string LogTails(int lines = 40) =>
        string.Join('\n', Nodes.Where(node => Directory.Exists(node.LogsDir))
            .Select(node => $"--- node {node.Id}: {node.LogsDir}\n{node.LogTail(lines)}"));

    public async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(LogTails());
        }

        // Nothing here outlives the folder, so nothing needs a controlled shutdown.
        foreach (var process in AllProcesses())
        {
            ProcessTable.Send(process, Signal.Kill);
        }

        await Eventually.TrueAsync(() => AllProcesses().Count == 0, StopPatience, $"end of all processes of {Folder}");
        watchdog.Dispose();
        ports.Dispose();
    }

    private void WriteFiles(RealClusterOptions options)
    {
        foreach (var node in Nodes)
        {
            Directory.CreateDirectory(node.LogsDir);
            File.WriteAllText(node.Config, NodeFiles.ServerProperties(node, Nodes, options));
            node.PointHomeTo(Dists.Home(options.Release));
        }

        File.WriteAllText(ClusterFile, NodeFiles.ClusterFile(Name, this, options));
    }
}
