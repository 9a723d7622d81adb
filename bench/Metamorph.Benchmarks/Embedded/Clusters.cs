using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.Model;
using Metamorph.Sandbox;

namespace Metamorph.Benchmarks.Embedded;

/// <summary>Sandboxes of some size.</summary>
internal static class Clusters
{
    /// <summary>Many topics of a hundred partitions, three replicas each, on brokers in three racks.</summary>
    public static SandboxLayout Of(int brokers, int controllers, int partitions) => new()
    {
        Release = KafkaRelease.Parse("3.9.2"),
        Brokers = brokers,
        Controllers = controllers,
        Racks = ["a", "b", "c"],
        Topics =
        [
            .. Enumerable.Range(0, partitions / 100).Select(topic =>
                new TopicLayout($"orders.events.{topic}", 100, 3) { EndOffset = 1_000_000, BytesPerPartition = 1_000_000_000 }),
        ],
        DiskBytes = 1L << 50,
    };

    /// <summary>Such a sandbox behind ports of this machine.</summary>
    public static Task<LiveSandbox> StartAsync(SandboxLayout layout) => LiveSandbox.StartAsync(
        layout.Listeners,
        layout.ToTopology,
        new TcpFrontEndOptions(),
        error => Environment.FailFast("the sandbox has failed", error));

    public static KafkaClient NewClient(LiveSandbox sandbox) =>
        new(sandbox.Bootstrap, new TcpTransport(), new KafkaClientOptions(), TimeProvider.System);
}
