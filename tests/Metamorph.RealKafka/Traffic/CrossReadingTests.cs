using System.Collections.Concurrent;
using System.Text;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Consuming;
using Metamorph.Kafka.Groups;
using Metamorph.Kafka.Routing;
using Metamorph.RealKafka.Cluster;
using Metamorph.Traffic;

namespace Metamorph.RealKafka.Traffic;

/// <summary>Kafka's own clients read what ours write, and ours read what they write.</summary>
public sealed class CrossReadingTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("3.9.2")]
    [InlineData("4.3.1")]
    public async Task Kafkas_consumer_reads_what_traffic_wrote(string release)
    {
        await using var cluster = await RealCluster.StartAsync(new() { Release = release });
        var options = TrafficTests.Options(cluster) with { RecordsPerSecond = 200, Duration = TimeSpan.FromSeconds(1) };
        var result = await new TrafficRun(options, new TcpTransport(), TimeProvider.System, Guid.NewGuid())
            .RunAsync(CancellationToken.None, TestContext.Current.CancellationToken);
        Assert.Equal(200, result.Acked);

        // The values are bytes, not text: offsets stand for the records.
        var read = await cluster.Tools(release).RunAsync(
            "kafka-console-consumer.sh",
            "--topic", options.Topic, "--from-beginning", "--max-messages", "200", "--timeout-ms", "30000",
            "--property", "print.offset=true", "--property", "print.partition=true", "--property", "print.value=false");

        output.WriteLine(read.Output[..Math.Min(500, read.Output.Length)]);
        Assert.Equal(200, read.Lines.Count(line => line.StartsWith("Partition:", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("3.9.2")]
    [InlineData("4.3.1")]
    public async Task Ours_reads_what_Kafkas_producer_wrote_in_any_compression_but_zstd(string release)
    {
        await using var cluster = await RealCluster.StartAsync(new() { Release = release });
        (await cluster.RunToolAsync("kafka-topics.sh", "--create", "--topic", "words", "--partitions", "3")).Require();
        string[] codecs = ["none", "gzip", "snappy", "lz4"];
        foreach (var codec in codecs)
        {
            var lines = string.Concat(Enumerable.Range(0, 500).Select(number => $"{codec} {number}\n"));
            var written = await cluster.Tools(release).RunAsync(
                "kafka-console-producer.sh", lines, ["--topic", "words", "--compression-codec", codec]);
            written.Require();
        }

        var read = await ReadAsync(cluster, "words", count: 500 * codecs.Length);

        Assert.Equal(
            codecs.SelectMany(codec => Enumerable.Range(0, 500).Select(number => $"{codec} {number}")).Order(),
            read.Order());
    }

    private async Task<IReadOnlyCollection<string>> ReadAsync(RealCluster cluster, string topic, int count)
    {
        var values = new ConcurrentQueue<string>();
        var bootstrap = TrafficTests.Options(cluster).Bootstrap;
        await using var fetching = new KafkaClient(bootstrap, new TcpTransport(), new(), TimeProvider.System);
        await using var coordinating = new KafkaClient(bootstrap, new TcpTransport(), new(), TimeProvider.System);
        var consumer = new GroupConsumer(
            fetching,
            coordinating,
            new TopicRouter(fetching, topic),
            new GroupConsumerOptions { Group = new GroupOptions { Group = "readers" } },
            happened => Take(happened, values));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(60));
        var running = consumer.RunAsync(stop.Token);
        while (values.Count < count && !stop.IsCancellationRequested)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();
        await running;
        return values;
    }

    private void Take(ConsumerEvent happened, ConcurrentQueue<string> values)
    {
        if (happened is ConsumerEvent.Received received)
        {
            foreach (var record in received.Records)
            {
                values.Enqueue(Encoding.UTF8.GetString(record.Value.Span));
            }
        }
        else
        {
            output.WriteLine(happened.ToString());
        }
    }
}
