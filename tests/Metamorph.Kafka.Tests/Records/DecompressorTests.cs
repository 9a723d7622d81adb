using System.IO.Compression;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Records;
using Metamorph.Kafka.Records.Compression;

namespace Metamorph.Kafka.Tests.Records;

public sealed class DecompressorTests
{
    public static TheoryData<CompressionType, byte[], byte[]> OtherProgramsBytes => new()
    {
        { CompressionType.Gzip, Goldens.TextGzip, Goldens.Text },
        { CompressionType.Snappy, Goldens.TextSnappy, Goldens.Text },
        { CompressionType.Lz4, Goldens.TextLz4Linked, Goldens.Text },
        { CompressionType.Lz4, Goldens.TextLz4Independent, Goldens.Text },
        { CompressionType.Lz4, Goldens.NoiseLz4, Goldens.Noise },
    };

    [Theory]
    [MemberData(nameof(OtherProgramsBytes))]
    public void What_other_programs_compress_is_decompressed(CompressionType compression, byte[] compressed, byte[] plain) =>
        Assert.Equal(plain, Decompressor.Decompress(compression, compressed).ToArray());

    [Theory]
    [MemberData(nameof(OtherProgramsBytes))]
    public void Growth_beyond_the_limit_is_refused(CompressionType compression, byte[] compressed, byte[] plain)
    {
        Assert.Equal(plain.Length, Decompressor.Decompress(compression, compressed, plain.Length).Length);
        Assert.Throws<KafkaProtocolException>(() => Decompressor.Decompress(compression, compressed, plain.Length - 1));
    }

    [Theory]
    [MemberData(nameof(OtherProgramsBytes))]
    public void A_cut_is_noticed(CompressionType compression, byte[] compressed, byte[] plain)
    {
        for (var length = 1; length < compressed.Length; length++)
        {
            // A stream may be whole before its trailing checksum; what comes out must then be right.
            try
            {
                var cut = Decompressor.Decompress(compression, compressed.AsMemory(0, length));
                Assert.True(plain.AsSpan().StartsWith(cut.Span));
            }
            catch (KafkaProtocolException)
            {
            }
        }
    }

    [Fact]
    public void A_bomb_stops_at_the_limit()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(new byte[10_000_000]);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<KafkaProtocolException>(() => Decompressor.Decompress(CompressionType.Gzip, bomb.ToArray(), 1_000_000));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4_000_000);
    }

    [Theory]
    [InlineData("", 0x00000000u)]
    [InlineData("123456789", 0xE3069283u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x22620404u)]
    public void The_checksum_is_the_one_of_Castagnoli(string text, uint checksum) =>
        Assert.Equal(checksum, Crc32C.Of(System.Text.Encoding.ASCII.GetBytes(text)));

    // RFC 3720, appendix B.4.
    [Theory]
    [InlineData(0x00, 0x8A9136AAu)]
    [InlineData(0xFF, 0x62A8AB43u)]
    public void The_checksum_of_the_iSCSI_vectors_is_right(byte value, uint checksum) =>
        Assert.Equal(checksum, Crc32C.Of([.. Enumerable.Repeat(value, 32)]));
}
