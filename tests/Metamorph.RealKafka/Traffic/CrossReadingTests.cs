using Metamorph.Kafka.Connections;
using Metamorph.RealKafka.Cluster;
using Metamorph.Traffic;

namespace Metamorph.RealKafka.Traffic;

/// <summary>Kafka's own clients read what ours write, and ours read what they write.</summary>
public sealed class CrossReadingTests
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

    [Fact]
    public async Task Members_that_come_and_go_share_the_topic_and_miss_nothing()
    {
        await using var cluster = await RealCluster.StartAsync(new() { Release = "4.3.1" });
        (await cluster.RunToolAsync("kafka-topics.sh", "--create", "--topic", "words", "--partitions", "4")).Require();
        await using var first = Reader.Of(cluster, "words");
        await first.UntilAssignedAsync(4);
        await WriteAsync(cluster, "alone", 200);
        await first.UntilReadAsync(200);

        await using var second = Reader.Of(cluster, "words");
        await first.UntilAssignedAsync(2);
        await second.UntilAssignedAsync(2);
        await WriteAsync(cluster, "both", 200);
        await Reader.UntilAsync(() => first.Values.Count + second.Values.Count >= 400, "records of both members");

        await first.LeaveAsync();
        await second.UntilAssignedAsync(4);
        await WriteAsync(cluster, "other", 200);
        await Reader.UntilAsync(() => first.Values.Count + second.Values.Count >= 600, "records of the member that stayed");

        string[] phases = ["alone", "both", "other"];
        Assert.Equal(
            phases.SelectMany(phase => Enumerable.Range(0, 200).Select(number => $"{phase} {number}")).Order(),
            first.Values.Concat(second.Values).Order());
        Assert.Empty(first.Errors.Concat(second.Errors));
    }

    private static async Task<IReadOnlyCollection<string>> ReadAsync(RealCluster cluster, string topic, int count)
    {
        await using var reader = Reader.Of(cluster, topic);
        await reader.UntilReadAsync(count);
        return reader.Values;
    }

    private static async Task WriteAsync(RealCluster cluster, string word, int count)
    {
        var lines = string.Concat(Enumerable.Range(0, count).Select(number => $"{word} {number}\n"));
        (await cluster.Tools().RunAsync("kafka-console-producer.sh", lines, ["--topic", "words"])).Require();
    }
}
