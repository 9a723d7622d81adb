using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Errors;

namespace Metamorph.Kafka.Tests.Connections;

public sealed class FrameReaderTests
{
    private const int Limit = 256 * 1024 * 1024;

    [Fact]
    public async Task Frames_come_one_after_the_other_and_then_null()
    {
        var reader = ReaderOf([0, 0, 0, 2, 1, 2, 0, 0, 0, 0]);

        Assert.Equal<byte[]?>([1, 2], await reader.ReadAsync(CancellationToken.None));
        Assert.Equal<byte[]?>([], await reader.ReadAsync(CancellationToken.None));
        Assert.Null(await reader.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_frame_larger_than_is_trusted_arrives_whole()
    {
        var body = new byte[5 * 1024 * 1024];
        new Random(1).NextBytes(body);

        Assert.Equal<byte[]?>(body, await ReaderOf([0, 0x50, 0, 0, .. body]).ReadAsync(CancellationToken.None));
    }

    [Fact]
    public void An_announced_size_is_not_allocated_before_its_bytes_come()
    {
        var reader = ReaderOf([0x0C, 0x80, 0, 0, .. new byte[10]]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        // In memory every read ends at once: all of it happens on this thread.
        var read = reader.ReadAsync(CancellationToken.None);

        Assert.True(read.IsFaulted);
        Assert.IsType<EndOfStreamException>(read.AsTask().Exception!.InnerException);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * 1024 * 1024);
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 0, 0, 0 })]
    [InlineData(new byte[] { 0x10, 0, 0, 1 })]
    public async Task A_size_that_cannot_be_is_refused(byte[] size) =>
        await Assert.ThrowsAsync<KafkaProtocolException>(
            async () => await ReaderOf(size).ReadAsync(CancellationToken.None));

    [Theory]
    [InlineData(new byte[] { 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 2, 1 })]
    public async Task An_end_inside_a_frame_is_an_error(byte[] bytes) =>
        await Assert.ThrowsAsync<EndOfStreamException>(
            async () => await ReaderOf(bytes).ReadAsync(CancellationToken.None));

    private static FrameReader ReaderOf(byte[] bytes) => new(new MemoryStream(bytes), Limit);
}
