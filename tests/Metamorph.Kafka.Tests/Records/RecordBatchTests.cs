using System.Text;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Records;

namespace Metamorph.Kafka.Tests.Records;

public sealed class RecordBatchTests
{
    public static TheoryData<CompressionType, byte[]> KafkasBatches => new()
    {
        { CompressionType.None, Goldens.BatchNone },
        { CompressionType.Gzip, Goldens.BatchGzip },
        { CompressionType.Snappy, Goldens.BatchSnappy },
        { CompressionType.Lz4, Goldens.BatchLz4 },
    };

    [Theory]
    [MemberData(nameof(KafkasBatches))]
    public void A_batch_that_Kafka_wrote_is_read(CompressionType compression, byte[] bytes)
    {
        var batch = Assert.Single(RecordBatches.Read(bytes));

        Assert.Equal(compression, batch.Compression);
        Assert.Equal((100L, 102L, 3), (batch.BaseOffset, batch.LastOffset, batch.RecordCount));
        Assert.Equal((4711L, (short)3, 17, 5), (batch.ProducerId, batch.ProducerEpoch, batch.BaseSequence, batch.PartitionLeaderEpoch));
        Assert.Equal((1700000000000, 1700000000005), (batch.BaseTimestampMs, batch.MaxTimestampMs));
        Assert.False(batch.IsTransactional || batch.IsControl || batch.IsLogAppendTime);

        var records = batch.ReadRecords();
        Assert.Equal([100L, 101L, 102L], records.Select(record => record.Offset));
        Assert.Equal([1700000000000, 1700000000005, 1699999999990], records.Select(record => record.TimestampMs));
        Assert.Equal(["k1", null, "k3"], records.Select(record => Text(record.Key)));
        Assert.Equal([Text(Goldens.Text), "two", null], records.Select(record => Text(record.Value)));
        Assert.Equal([("trace", "abc"), ("none", null)], records[0].Headers.Select(header => (header.Key, Text(header.Value))));
    }

    [Fact]
    public void A_built_batch_has_the_bytes_that_Kafka_writes() =>
        Assert.Equal(
            Convert.ToHexString(Goldens.BatchNone),
            Convert.ToHexString(Filled(new()
            {
                BaseOffset = 100, PartitionLeaderEpoch = 5, ProducerId = 4711, ProducerEpoch = 3, BaseSequence = 17,
            }).Build()));

    [Fact]
    public void A_built_transactional_batch_has_the_bytes_that_Kafka_writes() =>
        Assert.Equal(
            Convert.ToHexString(Goldens.BatchTransactional),
            Convert.ToHexString(Filled(new()
            {
                ProducerId = 4711, ProducerEpoch = 3, BaseSequence = 17, IsTransactional = true,
            }).Build()));

    [Fact]
    public void A_gzip_batch_is_read_back_as_it_was_built()
    {
        var batch = Assert.Single(RecordBatches.Read(Filled(new() { Compression = CompressionType.Gzip }).Build()));

        Assert.Equal(CompressionType.Gzip, batch.Compression);
        Assert.Equal(["k1", null, "k3"], batch.ReadRecords().Select(record => Text(record.Key)));
        Assert.Equal((-1L, (short)-1, -1), (batch.ProducerId, batch.ProducerEpoch, batch.BaseSequence));
    }

    [Fact]
    public void A_control_batch_says_what_it_tells_the_log()
    {
        var commit = Assert.Single(RecordBatches.Read(Goldens.BatchCommit));

        Assert.True(commit.IsControl && commit.IsTransactional);
        Assert.Equal(ControlRecordType.Commit, commit.ReadControlType());
        Assert.Null(RecordBatches.Read(Goldens.BatchNone)[0].ReadControlType());
    }

    [Fact]
    public void A_batch_that_cannot_be_decompressed_can_still_be_passed_on()
    {
        var batch = Assert.Single(RecordBatches.Read(Goldens.BatchZstd));

        Assert.Equal(Goldens.BatchZstd, batch.Bytes.ToArray());
        Assert.Equal(CompressionType.Zstd, Assert.Throws<UnsupportedCompressionException>(() => batch.ReadRecords()).Compression);
        Assert.Throws<UnsupportedCompressionException>(() => Filled(new() { Compression = CompressionType.Zstd }).Build());
    }

    [Fact]
    public void A_batch_that_the_broker_cut_off_is_passed_over()
    {
        byte[] fetched = [.. Goldens.BatchNone, .. Goldens.BatchCommit];

        Assert.Equal(2, RecordBatches.Read(fetched).Count);
        for (var length = Goldens.BatchNone.Length; length < fetched.Length; length++)
        {
            Assert.Single(RecordBatches.Read(fetched.AsMemory(0, length)));
        }

        Assert.Empty(RecordBatches.Read(null));
        Assert.Empty(RecordBatches.Read(Array.Empty<byte>()));
    }

    [Fact]
    public void A_flipped_bit_anywhere_the_checksum_covers_is_noticed()
    {
        for (var at = 17; at < Goldens.BatchCommit.Length; at++)
        {
            var damaged = Goldens.BatchCommit.ToArray();
            damaged[at] ^= 0x10;

            Assert.Throws<KafkaProtocolException>(() => RecordBatches.Read(damaged));
        }
    }

    [Fact]
    public void An_older_format_is_refused_by_name()
    {
        var old = Goldens.BatchNone.ToArray();
        old[16] = 1;

        Assert.Contains("format 1", Assert.Throws<KafkaProtocolException>(() => RecordBatches.Read(old)).Message);
    }

    [Fact]
    public void Damage_under_a_right_checksum_is_refused_and_nothing_worse()
    {
        var random = new Random(11);
        foreach (var golden in new[] { Goldens.BatchNone, Goldens.BatchGzip, Goldens.BatchSnappy, Goldens.BatchLz4 })
        {
            for (var round = 0; round < 2_000; round++)
            {
                var damaged = golden.ToArray();
                for (var bites = random.Next(1, 4); bites > 0; bites--)
                {
                    damaged[random.Next(57, damaged.Length)] = (byte)random.Next(256);
                }

                System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(damaged.AsSpan(17), Crc32C.Of(damaged.AsSpan(21)));
                var trouble = Record.Exception(() => RecordBatches.Read(damaged)[0].ReadRecords());
                Assert.True(trouble is null or KafkaProtocolException, trouble?.ToString());
            }
        }
    }

    [Fact]
    public void An_empty_batch_is_never_built() =>
        Assert.Throws<InvalidOperationException>(() => new RecordBatchBuilder().Build());

    private static RecordBatchBuilder Filled(RecordBatchBuilder builder) =>
        builder
            .Add(1700000000000, "k1"u8.ToArray(), Goldens.Text, new("trace", "abc"u8.ToArray()), new("none", null))
            .Add(1700000000005, null, "two"u8.ToArray())
            .Add(1699999999990, "k3"u8.ToArray(), null);

    private static string? Text(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? Encoding.UTF8.GetString(some.Span) : null;
}
