using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Benchmarks.Codec;

/// <summary>How long, and how much memory, the description of a very large cluster takes to read.</summary>
internal static class MetadataDecode
{
    private const int Topics = 2_000;
    private const int PartitionsPerTopic = 100;
    private const int Partitions = Topics * PartitionsPerTopic;
    private const short Version = 12;

    public static void Run(Scoreboard scoreboard)
    {
        // The goals are for Kafka's own placement. Scattered placement has hardly a list twice, so each takes its
        // array.
        Run(scoreboard, "striped", Samples.Striped, mostMilliseconds: 10, mostBytes: 48);
        Run(scoreboard, "scattered", Samples.Scattered(new Random(1)), mostMilliseconds: null, mostBytes: null);
    }

    private static void Run(
        Scoreboard scoreboard, string name, Func<int, int[]> placement, double? mostMilliseconds, double? mostBytes)
    {
        var frame = Samples.Encode(Samples.Metadata(Topics, PartitionsPerTopic, placement), Version);
        for (var warmup = 0; warmup < 30; warmup++)
        {
            Decode(frame);
        }

        var times = Enumerable.Range(0, 21).Select(_ => Measure.Milliseconds(() => Decode(frame))).ToArray();
        var bytes = Measure.AllocatedBytes(() => Decode(frame)) / (double)Partitions;
        var what = $"Metadata v12, {Partitions:N0} partitions {name}";
        scoreboard.Add($"{what}: decode", Measure.Median(times), mostMilliseconds, "ms");
        scoreboard.Add($"{what}: allocated", bytes, mostBytes, "B/part");
    }

    private static void Decode(byte[] frame)
    {
        var reader = new KafkaReader(frame);
        MetadataResponse.Read(ref reader, Version);
        reader.ExpectEnd();
    }
}
