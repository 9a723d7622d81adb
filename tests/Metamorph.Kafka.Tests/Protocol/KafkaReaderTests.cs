using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Kafka.Tests.Protocol;

public sealed class KafkaReaderTests
{
    [Theory]
    [InlineData(0u, "00")]
    [InlineData(127u, "7F")]
    [InlineData(128u, "8001")]
    [InlineData(300u, "AC02")]
    [InlineData(uint.MaxValue, "FFFFFFFF0F")]
    public void An_unsigned_varint_is_written_and_read_in_groups_of_seven_bits(uint value, string hex)
    {
        var writer = new KafkaWriter();
        writer.WriteUnsignedVarint(value);

        Assert.Equal(hex, Convert.ToHexString(writer.ToArray()));
        Assert.Equal(value, new KafkaReader(Convert.FromHexString(hex)).ReadUnsignedVarint());
        writer.Dispose();
    }

    [Theory]
    [InlineData(0L, "00")]
    [InlineData(-1L, "01")]
    [InlineData(1L, "02")]
    [InlineData(-64L, "7F")]
    [InlineData(64L, "8001")]
    [InlineData(long.MinValue, "FFFFFFFFFFFFFFFFFF01")]
    public void A_varlong_of_small_magnitude_is_short_whatever_its_sign(long value, string hex)
    {
        var writer = new KafkaWriter();
        writer.WriteVarlong(value);

        Assert.Equal(hex, Convert.ToHexString(writer.ToArray()));
        Assert.Equal(value, new KafkaReader(Convert.FromHexString(hex)).ReadVarlong());
        writer.Dispose();
    }

    [Theory]
    [InlineData("FFFFFFFF1F")]
    [InlineData("8080808080808000")]
    public void A_varint_that_never_ends_is_refused(string hex) =>
        Assert.Throws<KafkaProtocolException>(() => new KafkaReader(Convert.FromHexString(hex)).ReadUnsignedVarint());

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFFF02")]
    [InlineData("FFFFFFFFFFFFFFFFFFFF01")]
    public void A_varlong_that_never_ends_is_refused(string hex) =>
        Assert.Throws<KafkaProtocolException>(() => new KafkaReader(Convert.FromHexString(hex)).ReadVarlong());

    [Fact]
    public void A_count_of_two_billion_in_a_short_frame_allocates_nothing()
    {
        var frame = new byte[50];
        frame[0] = 0x7F;
        frame[1] = frame[2] = frame[3] = 0xFF;

        Assert.Throws<KafkaProtocolException>(() => new KafkaReader(frame).ReadInt32Array(compact: false));
        Assert.Throws<KafkaProtocolException>(() => new KafkaReader(frame).ReadStringArray(compact: false));
        Assert.Throws<KafkaProtocolException>(() => new KafkaReader(frame).ReadUuidArray(compact: false));
    }

    [Fact]
    public void Equal_interned_lists_are_one_array()
    {
        var writer = new KafkaWriter();
        int[][] lists = [[1, 2, 3], [1, 2, 3], [2, 3, 1], [1, 2, 3], [], [1, 2]];
        foreach (var list in lists)
        {
            writer.WriteArrayLength(list.Length, compact: true);
            writer.WriteElements(list);
        }

        var reader = new KafkaReader(writer.ToArray());
        var read = new int[lists.Length][];
        for (var i = 0; i < read.Length; i++)
        {
            read[i] = reader.ReadInternedInt32Array(compact: true);
        }

        Assert.Equal(lists, read);
        Assert.Same(read[0], read[1]);
        Assert.Same(read[0], read[3]);
        writer.Dispose();
    }

    [Fact]
    public void Interning_keeps_every_list_right_when_there_are_more_than_it_holds()
    {
        var random = new Random(3);
        var lists = Enumerable.Range(0, 60_000)
            .Select(_ => Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(40)).ToArray()).ToArray();
        var writer = new KafkaWriter();
        foreach (var list in lists)
        {
            writer.WriteArrayLength(list.Length, compact: false);
            writer.WriteElements(list);
        }

        var reader = new KafkaReader(writer.ToArray());
        foreach (var list in lists)
        {
            Assert.Equal(list, reader.ReadInternedInt32Array(compact: false));
        }

        writer.Dispose();
    }

    [Fact]
    public void A_tagged_field_shorter_than_it_says_is_refused()
    {
        // ApiVersionsResponse v3: no error, no APIs, no throttle; FinalizedFeaturesEpoch (tag 1) said to be 9 bytes
        // long.
        var frame = Convert.FromHexString("0000" + "01" + "00000000" + "01" + "0109" + "0000000000000005" + "00");

        Assert.Throws<KafkaProtocolException>(() => Read<Kafka.Protocol.Messages.ApiVersionsResponse>(frame, 3));
    }

    [Fact]
    public void Tagged_fields_of_a_newer_broker_are_passed_over()
    {
        // As above with the true size, between two fields that nobody has defined yet.
        var frame = Convert.FromHexString(
            "0000" + "01" + "00000000" + "03" + "0108" + "0000000000000005" + "0700" + "FF0103" + "AABBCC");

        Assert.Equal(5, Read<Kafka.Protocol.Messages.ApiVersionsResponse>(frame, 3).FinalizedFeaturesEpoch);
    }

    private static T Read<T>(byte[] frame, short version)
        where T : IKafkaMessage<T>
    {
        var reader = new KafkaReader(frame);
        var message = T.Read(ref reader, version);
        reader.ExpectEnd();
        return message;
    }
}
