using Metamorph.Model;
using Metamorph.Sandbox;

namespace Metamorph.Cli;

/// <summary>Nodes of the embedded cluster, for a machine with neither Java nor Kafka.</summary>
internal sealed class EmbeddedDemoCluster : IDemoCluster
{
    private readonly LiveSandbox sandbox;

    private EmbeddedDemoCluster(LiveSandbox sandbox) => this.sandbox = sandbox;

    public string Folder { get; } = Directory.CreateTempSubdirectory("metamorph-demo-").FullName;

    /// <summary>Starts the cluster; it serves when this returns.</summary>
    public static async Task<EmbeddedDemoCluster> StartAsync(KafkaRelease release, int brokers)
    {
        var layout = new SandboxLayout
        {
            Release = release,
            Brokers = brokers,
            Racks = ["a", "b", "c"],
            Timings = new SandboxTimings { InitialRebalanceDelay = TimeSpan.Zero },
        };
        return new(await LiveSandbox.StartAsync(
            layout.Listeners, layout.ToTopology, new TcpFrontEndOptions(), static error => Terminal.Warn($"metamorph: the embedded cluster has an error: {error}")));
    }

    public ClusterSession Open() => ClusterSession.Of(sandbox, "demo");

    public async ValueTask DisposeAsync()
    {
        await sandbox.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
