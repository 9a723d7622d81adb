using System.Collections.Immutable;
using Metamorph.Execution;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.Model;
using Metamorph.Nodes;
using Metamorph.Observation;
using Metamorph.Reporting;
using Metamorph.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;

namespace Metamorph.Cli;

/// <summary>Everything that a command needs to deal with the cluster of a cluster file. The composition, as a table of contents.</summary>
internal sealed class ClusterSession : IAsyncDisposable
{
    /// <summary>Findings that are mistakes in the files themselves, before any cluster is asked.</summary>
    private static readonly ImmutableHashSet<string> FileMistakes =
    [
        "home-missing", "home-not-a-symlink", "home-target-missing", "config-unreadable", "config-shared",
        "node-ids-contradict", "node-id-missing", "node-id-differs", "node-id-claimed-twice", "home-shared",
    ];

    private ClusterSession(ClusterFileOptions file, ImmutableSortedDictionary<NodeId, INodeDriver> drivers)
    {
        File = file;
        Drivers = drivers;
        Client = new KafkaClient(file.Bootstrap, new TcpTransport(), new KafkaClientOptions { RequestTimeout = TimeSpan.FromSeconds(5) }, TimeProvider.System);
        Observer = new ClusterObserver(Client, Drivers);
        Control = new ClusterControl(Client);
    }

    public ClusterFileOptions File { get; }

    public ImmutableSortedDictionary<NodeId, INodeDriver> Drivers { get; }

    public KafkaClient Client { get; }

    public ClusterObserver Observer { get; }

    public ClusterControl Control { get; }

    public UpgradePreparation Preparation => new(Client, Observer, Drivers);

    /// <exception cref="ClusterFileException">The file has mistakes.</exception>
    public static ClusterSession Open(string clusterFile, string? releasesOption)
    {
        var file = ClusterFile.Read(clusterFile);
        var releases = ReleaseDirectory.Of(releasesOption, file.ReleasesDirectory, Environment.GetEnvironmentVariable(ReleaseDirectory.Variable));
        return new(file, file.Nodes.ToImmutableSortedDictionary(
            node => node.Id,
            node => (INodeDriver)new ProcessNodeDriver(node, releases, TimeProvider.System, NullLogger<ProcessNodeDriver>.Instance)));
    }

    /// <summary>Deals with a sandbox of this process, which no file describes.</summary>
    public static ClusterSession Of(LiveSandbox sandbox, string name) => new(
        new ClusterFileOptions { File = "the embedded cluster", Name = name, Bootstrap = sandbox.Bootstrap, Nodes = [] }, sandbox.Drivers);

    /// <summary>Holds the cluster file against the machines.</summary>
    /// <exception cref="CommandException">The file says of a node what is not so.</exception>
    public ImmutableArray<Finding> CheckFiles()
    {
        var findings = NodeCheck.Check(File.Nodes);
        var mistakes = findings.Where(finding => finding.Severity == FindingSeverity.Refusal && FileMistakes.Contains(finding.Code)).ToList();
        return mistakes.Count == 0
            ? [.. findings]
            : throw new CommandException(
                ExitCode.BadInput,
                string.Join(Environment.NewLine, mistakes.Select(mistake => $"{File.File}: {Wording.Of(mistake)}")));
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        foreach (var driver in Drivers.Values)
        {
            await driver.DisposeAsync();
        }
    }
}
