using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Tests.Protocol.Schemas;

namespace Metamorph.Kafka.Tests.Protocol;

// Whatever arrives, the reader answers with a message or with one kind of exception, and allocates in proportion to it.
public sealed class HostileFrameTests
{
    // A one-byte element becomes an object; the largest is a group member of some 200 bytes, held by an 8-byte
    // reference.
    private const int BytesPerFrameByte = 256;

    // The exception with its trace, and what a message costs without any content.
    private const int FixedBytes = 24 * 1024;

    public static TheoryData<string> Messages => SchemaConformanceTests.Messages;

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_frame_cut_at_any_byte_is_refused(string name) =>
        ForEachFrame(name, small: true, (declared, version, frame) =>
        {
            for (var length = 0; length < frame.Length; length++)
            {
                Assert.False(Survives(declared, frame.AsMemory(0, length), version), $"{name} v{version} cut to {length}");
            }
        });

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_length_that_lies_anywhere_costs_no_more_than_the_frame(string name) =>
        ForEachFrame(name, small: true, (declared, version, frame) =>
        {
            byte[][] lies =
            [
                [0x7F, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0xFE], [0x80, 0, 0, 0], [0x7F, 0xFF],
                [0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
            ];
            foreach (var lie in lies)
            {
                for (var at = 0; at + lie.Length <= frame.Length; at++)
                {
                    var forged = frame.ToArray();
                    lie.CopyTo(forged, at);
                    Survives(declared, forged, version);
                }
            }
        });

    [Theory]
    [MemberData(nameof(Messages))]
    public void Noise_is_read_or_refused(string name)
    {
        var declared = DeclaredMessage.All[name];
        var random = new Random(20260101);
        for (var round = 0; round < 500; round++)
        {
            var noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            if (round % 2 == 0)
            {
                // Mostly small numbers reach deeper than pure noise does.
                noise = [.. noise.Select(value => (byte)(value % 4))];
            }

            var version = (short)random.Next(declared.Versions.Min, declared.Versions.Max + 1);
            Survives(declared, noise, version);
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_version_outside_the_declared_ones_is_refused(string name)
    {
        var declared = DeclaredMessage.All[name];
        foreach (var version in new[] { (short)(declared.Versions.Min - 1), (short)(declared.Versions.Max + 1) })
        {
            Assert.Throws<KafkaProtocolException>(() => declared.Read(new byte[100], version));
        }
    }

    private static void ForEachFrame(string name, bool small, Action<DeclaredMessage, short, byte[]> test)
    {
        var schema = MessageSchema.All()[name];
        var declared = DeclaredMessage.All[name];
        for (var version = declared.Versions.Min; version <= declared.Versions.Max; version++)
        {
            var tree = new TreeMaker(schema, version, new Random(version + 7), small).Make();
            var frame = SchemaEncoder.Encode(schema, version, tree);
            test(declared, version, frame.Length <= 400 ? frame : SchemaEncoder.Encode(schema, version, Shorter(schema, version)));
        }
    }

    private static Tree Shorter(MessageSchema schema, int version) =>
        Enumerable.Range(100, 400)
            .Select(seed => new TreeMaker(schema, version, new Random(seed), small: true).Make())
            .MinBy(tree => Math.Abs(SchemaEncoder.Encode(schema, version, tree).Length - 250))!;

    private static bool Survives(DeclaredMessage declared, ReadOnlyMemory<byte> frame, short version)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var survives = true;
        try
        {
            declared.Read(frame, version, toTheEnd: false);
        }
        catch (KafkaProtocolException)
        {
            survives = false;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(
            allocated <= FixedBytes + ((long)frame.Length * BytesPerFrameByte),
            $"{declared.Type.Name} v{version}: {allocated} bytes allocated for a frame of {frame.Length}");
        return survives;
    }
}
