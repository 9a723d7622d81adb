using System.Collections.Concurrent;
using System.Text;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Consuming;
using Metamorph.Kafka.Groups;
using Metamorph.Kafka.Routing;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.RealKafka.Traffic;

/// <summary>A member of the group <c>readers</c> that keeps every value it is given, as text.</summary>
internal sealed class Reader : IAsyncDisposable
{
    private readonly KafkaClient fetching;
    private readonly KafkaClient coordinating;
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;
    private volatile int assigned = -1;

    private Reader(RealCluster cluster, string topic)
    {
        var bootstrap = TrafficTests.Options(cluster).Bootstrap;
        fetching = new KafkaClient(bootstrap, new TcpTransport(), new(), TimeProvider.System);
        coordinating = new KafkaClient(bootstrap, new TcpTransport(), new(), TimeProvider.System);
        var options = new GroupConsumerOptions { Group = new GroupOptions { Group = "readers" } };
        running = new GroupConsumer(fetching, coordinating, new TopicRouter(fetching, topic), options, Take).RunAsync(stop.Token);
    }

    public ConcurrentQueue<string> Values { get; } = new();

    public ConcurrentQueue<string> Errors { get; } = new();

    public static Reader Of(RealCluster cluster, string topic) => new(cluster, topic);

    public static Task UntilAsync(Func<bool> isTrue, string awaited) =>
        Eventually.TrueAsync(isTrue, TimeSpan.FromSeconds(60), awaited, TestContext.Current.CancellationToken);

    public Task UntilAssignedAsync(int partitions) => UntilAsync(() => assigned == partitions, $"a share of {partitions} partitions");

    public Task UntilReadAsync(int records) => UntilAsync(() => Values.Count >= records, $"{records} records");

    public async Task LeaveAsync()
    {
        await stop.CancelAsync();
        await running;
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        await fetching.DisposeAsync();
        await coordinating.DisposeAsync();
        stop.Dispose();
    }

    private void Take(ConsumerEvent happened)
    {
        switch (happened)
        {
            case ConsumerEvent.Assigned share:
                assigned = share.Partitions.Length;
                break;
            case ConsumerEvent.Failed failed:
                Errors.Enqueue(failed.Error);
                break;
            case ConsumerEvent.Received received:
                foreach (var record in received.Records)
                {
                    Values.Enqueue(Encoding.UTF8.GetString(record.Value.Span));
                }

                break;
        }
    }
}
