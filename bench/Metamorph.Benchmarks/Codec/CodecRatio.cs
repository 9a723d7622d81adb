using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Benchmarks.Codec;

/// <summary>What it costs that codecs are generated for all versions, rather than written by hand for one.</summary>
internal static class CodecRatio
{
    private const int Pairs = 31;
    private const double MostRatio = 1.2;

    private delegate T Reading<T>(ref KafkaReader reader);

    private delegate void Writing<T>(T message, ref KafkaWriter writer);

    public static void Run(Scoreboard scoreboard)
    {
        var metadata = Samples.Metadata(400, 50, Samples.Striped);
        Compare<MetadataResponse>(scoreboard, metadata, 12, 3, HandWritten.ReadMetadata12, HandWritten.Write);
        Compare<ProduceRequest>(scoreboard, Samples.Produce(), 9, 100, HandWritten.ReadProduce9, HandWritten.Write);
        Compare<FetchResponse>(scoreboard, Samples.Fetch(), 11, 100, HandWritten.ReadFetch11, HandWritten.Write);
    }

    private static void Compare<T>(
        Scoreboard scoreboard, T message, short version, int times, Reading<T> read, Writing<T> write)
        where T : IKafkaMessage<T>
    {
        var frame = Samples.Encode(message, version);
        Check(frame, message, write);

        // A pair is over in milliseconds, so the work in it is repeated until noise is small beside it.
        Action generatedRead = () => Decode(frame, times, (ref reader) => T.Read(ref reader, version));
        Action handRead = () => Decode(frame, times, read);
        Action generatedWrite = () =>
            Encode(message, frame.Length, times, (value, ref writer) => value.Write(ref writer, version));
        Action handWrite = () => Encode(message, frame.Length, times, write);

        Measure.Ratio(generatedRead, handRead, Pairs);
        Measure.Ratio(generatedWrite, handWrite, Pairs);
        var name = $"{typeof(T).Name} v{version}";
        var reading = Measure.Ratio(generatedRead, handRead, Pairs);
        var writing = Measure.Ratio(generatedWrite, handWrite, Pairs);
        scoreboard.Add($"{name}: decode, generated / hand-written", reading, MostRatio, "×");
        scoreboard.Add($"{name}: encode, generated / hand-written", writing, MostRatio, "×");
    }

    private static void Decode<T>(byte[] frame, int times, Reading<T> read)
    {
        for (var i = 0; i < times; i++)
        {
            var reader = new KafkaReader(frame);
            read(ref reader);
            reader.ExpectEnd();
        }
    }

    private static void Encode<T>(T message, int length, int times, Writing<T> write)
    {
        for (var i = 0; i < times; i++)
        {
            var writer = new KafkaWriter(length);
            write(message, ref writer);
            writer.Dispose();
        }
    }

    // A comparison means something only between two that do the same.
    private static void Check<T>(byte[] frame, T message, Writing<T> write)
    {
        var writer = new KafkaWriter();
        write(message, ref writer);
        var same = writer.WrittenSpan.SequenceEqual(frame);
        writer.Dispose();
        if (!same)
        {
            throw new InvalidOperationException($"the hand-written {typeof(T).Name} writes other bytes");
        }
    }
}
