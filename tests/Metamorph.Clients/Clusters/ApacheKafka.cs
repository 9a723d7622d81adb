using Metamorph.RealKafka.Cluster;

namespace Metamorph.Clients.Clusters;

/// <summary>Real Apache Kafka.</summary>
public sealed class ApacheKafka : IClusterUnderTest
{
    // Judged here is what a client or tool sees, not how fast a fault is noticed. On a busy machine a quorum with the
    // default of two seconds changes its leader again and again, and tools time out: seen.
    private static readonly Dictionary<string, string> Patient = new()
    {
        ["controller.quorum.fetch.timeout.ms"] = "15000",
        ["controller.quorum.election.timeout.ms"] = "5000",
        ["broker.session.timeout.ms"] = "30000",

        // A throttle lets a MiB through whenever its window, eleven seconds by default, has forgotten the last one: on a
        // slow machine a movement that is to be looked at with several tools, and cancelled, was over before.
        ["replication.quota.window.num"] = "600",
    };

    private readonly RealCluster cluster;

    private ApacheKafka(RealCluster cluster, string release)
    {
        this.cluster = cluster;
        Kind = $"kafka-{release}";
    }

    public string Kind { get; }

    public string Bootstrap => cluster.Bootstrap;

    public string Folder => cluster.Folder;

    public IReadOnlyList<int> Brokers => [.. cluster.Nodes.Where(node => node.Roles.IsBroker).Select(node => node.Id)];

    public static async Task<ApacheKafka> StartAsync(string release, int brokers = 3) =>
        new(
            await RealCluster.StartAsync(
                new RealClusterOptions
                {
                    Release = release,
                    Layout = ClusterLayout.Combined(brokers),
                    Properties = Patient,
                }),
            release);

    public Task StopAsync(int broker) => cluster.StopNodeAsync(broker);

    public Task StartAsync(int broker, string release)
    {
        cluster.PointHomeTo(broker, release);
        return cluster.StartNodeAsync(broker);
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();
}
