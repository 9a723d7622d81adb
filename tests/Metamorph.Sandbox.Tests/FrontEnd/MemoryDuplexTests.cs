namespace Metamorph.Sandbox.Tests.FrontEnd;

public sealed class MemoryDuplexTests
{
    private readonly OneThread pump = new(new VirtualTime(DateTimeOffset.UnixEpoch));
    private readonly MemoryDuplex near;
    private readonly MemoryDuplex far;

    public MemoryDuplexTests() => (near, far) = MemoryDuplex.Pair();

    [Fact]
    public void A_megabyte_passes_in_order_while_the_writer_waits_for_the_reader() => pump.Run(async () =>
    {
        var sent = new byte[1024 * 1024];
        new Random(1).NextBytes(sent);
        var writing = near.WriteAsync(sent).AsTask();
        Assert.False(writing.IsCompleted);
        var got = new MemoryStream();
        var buffer = new byte[10_007];
        while (got.Length < sent.Length)
        {
            got.Write(buffer, 0, await far.ReadAsync(buffer));
        }

        await writing;
        Assert.Equal(sent, got.ToArray());
    });

    [Fact]
    public void Closing_lets_the_peer_read_to_the_end_and_breaks_its_writes() => pump.Run(async () =>
    {
        await near.WriteAsync(new byte[] { 1, 2 });
        near.Dispose();
        var buffer = new byte[10];
        Assert.Equal(2, await far.ReadAsync(buffer));
        Assert.Equal(0, await far.ReadAsync(buffer));
        await Assert.ThrowsAsync<IOException>(async () => await far.WriteAsync(new byte[1]));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => near.ReadAsync(buffer).AsTask());
    });

    [Fact]
    public void A_reset_loses_what_was_not_read_and_wakes_whoever_waits() => pump.Run(async () =>
    {
        await near.WriteAsync(new byte[] { 1, 2 });
        var waiting = ReadAsync(near);
        near.Reset();
        Assert.Equal(0, await waiting);
        await Assert.ThrowsAsync<IOException>(() => ReadAsync(far));
        await Assert.ThrowsAsync<IOException>(() => far.WriteAsync(new byte[] { 1 }).AsTask());
    });

    [Fact]
    public void A_cancelled_read_takes_nothing() => pump.Run(async () =>
    {
        using var token = new CancellationTokenSource();
        var waiting = ReadAsync(far, token.Token);
        token.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await near.WriteAsync(new byte[] { 1 });
        Assert.Equal(1, await far.ReadAsync(new byte[10]));
    });

    // AsTask of a read that waits would go over the thread pool.
    private static async Task<int> ReadAsync(MemoryDuplex stream, CancellationToken cancellationToken = default) =>
        await stream.ReadAsync(new byte[10], cancellationToken);
}
