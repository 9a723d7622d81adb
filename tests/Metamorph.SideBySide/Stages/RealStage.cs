using Metamorph.Kafka.Connections;
using Metamorph.Model;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.SideBySide.Stages;

/// <summary>Real brokers on this machine.</summary>
public sealed class RealStage : IStage
{
    private readonly RealCluster cluster;

    private RealStage(RealCluster cluster) => this.cluster = cluster;

    public TimeProvider Time => TimeProvider.System;

    public ITransport Transport { get; } = new TcpTransport();

    public IReadOnlyList<int> Brokers => [.. cluster.Nodes.Where(node => node.Roles.IsBroker).Select(node => node.Id)];

    /// <remarks>Skips the running test when there is no real Kafka of that release.</remarks>
    public static async Task<IStage> BeginAsync(StageOptions options) =>
        new RealStage(await RealCluster.StartAsync(new()
        {
            Release = options.Release,
            Layout = ClusterLayout.Dedicated(options.Brokers, controllers: 1),
            StartLater = options.StartLater,
        }));

    public Endpoint EndpointOf(int broker) => new("127.0.0.1", cluster[broker].BrokerPort!.Value);

    public async Task StartAsync(int node, string? release = null)
    {
        if (release is not null)
        {
            cluster.PointHomeTo(node, release);
        }

        await cluster.StartNodeAsync(node);
    }

    public Task StopAsync(int node) => cluster.StopNodeAsync(node);

    public Task KillAsync(int node) => cluster.KillNodeAsync(node);

    public ValueTask DisposeAsync() => cluster.DisposeAsync();
}
