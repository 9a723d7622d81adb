using System.Buffers.Binary;
using System.Net.Sockets;

namespace Metamorph.Sandbox.Tests.FrontEnd;

/// <summary>Whatever is sent to a listener ends its own connection at most. A well-behaved neighbour is served throughout.</summary>
[Collection(nameof(MeasuresMemory))]
public sealed class HostileInputTests
{
    public static TheoryData<string, byte[]> Nonsense => new()
    {
        { "a negative size", [0xFF, 0xFF, 0xFF, 0xFF] },
        { "a size above the limit", [0x7F, 0xFF, 0xFF, 0xFF] },
        { "an empty frame", [0, 0, 0, 0] },
        { "a frame without a whole header", [0, 0, 0, 3, 0, 3, 0] },
        { "an API that is not there", [0, 0, 0, 10, 0x7F, 0xFF, 0, 0, 0, 0, 0, 1, 0xFF, 0xFF] },
        { "a version that is not there", [0, 0, 0, 10, 0, 3, 0x7F, 0xFF, 0, 0, 0, 1, 0xFF, 0xFF] },
        { "a client id longer than the frame", [0, 0, 0, 10, 0, 3, 0, 0, 0, 0, 0, 1, 0x7F, 0xFF] },
        { "an array of two billion topics", [0, 0, 0, 14, 0, 3, 0, 1, 0, 0, 0, 1, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF] },
        { "HTTP", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray() },
        { "TLS", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03] },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Nonsense_ends_its_connection_and_no_other(string what, byte[] bytes)
    {
        Assert.NotEmpty(what);
        await using var site = await TcpSite.StartAsync();
        using var neighbour = await site.ConnectAsync(1);
        await TcpFrontEndTests.AskAsync(neighbour);
        using var hostile = await Raw.ConnectAsync(site);
        await SendAsync(hostile.Stream, bytes);
        Assert.True(await IsHungUpAsync(hostile.Stream));
        await TcpFrontEndTests.AskAsync(neighbour);
    }

    [Fact]
    public async Task Random_bytes_end_their_connections_and_no_other()
    {
        await using var site = await TcpSite.StartAsync();
        using var neighbour = await site.ConnectAsync(1);
        var random = new Random(20_261_121);
        for (var round = 0; round < 500; round++)
        {
            var bytes = new byte[random.Next(1, 3000)];
            random.NextBytes(bytes);
            if (round % 2 == 0 && bytes.Length > 8)
            {
                // A size that fits, and an API that is there: the noise reaches the decoders.
                BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length - 4);
                BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(4), (short)random.Next(0, 95));
                BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(6), (short)random.Next(0, 12));
            }

            using var hostile = await Raw.ConnectAsync(site);
            await SendAsync(hostile.Stream, bytes);
            hostile.EndWriting();
            Assert.True(await IsHungUpAsync(hostile.Stream));
            if (round % 50 == 0)
            {
                await TcpFrontEndTests.AskAsync(neighbour);
            }
        }

        await TcpFrontEndTests.AskAsync(neighbour);
    }

    [Fact]
    public async Task A_hundred_thousand_half_sent_requests_leave_nothing_behind()
    {
        await using var site = await TcpSite.StartAsync();
        using var neighbour = await site.ConnectAsync(1);
        await TcpFrontEndTests.AskAsync(neighbour);

        // What 5,000 have cost is the measure of what is pooled; the other 95,000 must not add to it.
        await SendHalvesAsync(site, 5_000);
        var before = await SettledBytesAsync(site, neighbour);
        await SendHalvesAsync(site, 95_000);
        var after = await SettledBytesAsync(site, neighbour);
        Assert.InRange(after - before, long.MinValue, 8L * 1024 * 1024);
    }

    [Fact]
    public async Task Announcements_of_large_requests_take_only_what_has_arrived()
    {
        var limits = new FrontEndLimits { MaxBufferedBytes = 1024 * 1024 };
        await using var site = await TcpSite.StartAsync(limits: limits);
        using var neighbour = await site.ConnectAsync(1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var held = new List<TcpClient>();
        try
        {
            for (var number = 0; number < 12; number++)
            {
                held.Add(await site.ConnectAsync(1));
                await held[^1].GetStream().WriteAsync(new byte[] { 0x06, 0x00, 0x00, 0x00, 1, 2, 3 });
            }

            await TcpFrontEndTests.AskAsync(neighbour);
            Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 4L * 1024 * 1024);

            // The budget is for all: it ends whoever wants more than is left, and whoever wants little is served.
            using var greedy = await Raw.ConnectAsync(site);
            await SendAsync(greedy.Stream, [0x06, 0x00, 0x00, 0x00, .. new byte[2 * 1024 * 1024]]);
            Assert.True(await IsHungUpAsync(greedy.Stream));
            await TcpFrontEndTests.AskAsync(neighbour);
        }
        finally
        {
            held.ForEach(client => client.Dispose());
        }
    }

    private static async Task SendHalvesAsync(TcpSite site, int count)
    {
        var whole = TcpSite.MetadataFrame();
        var half = whole[..(whole.Length / 2)];
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, stop) =>
        {
            using var client = await site.ConnectAsync(1);

            // Reset on closing: otherwise the ports of a hundred thousand would be waiting for their time to pass.
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            await client.GetStream().WriteAsync(half, stop);
        });
    }

    /// <summary>The memory in use once nobody but the neighbour is connected.</summary>
    private static async Task<long> SettledBytesAsync(TcpSite site, TcpClient neighbour)
    {
        while (await site.Host.AskAsync(() => site.Core.Connections) > 1)
        {
            await TcpFrontEndTests.AskAsync(neighbour);
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static async Task SendAsync(NetworkStream stream, byte[] bytes)
    {
        try
        {
            await stream.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // Hung up on in the middle of it.
        }
    }

    private static async Task<bool> IsHungUpAsync(NetworkStream stream)
    {
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (IOException)
        {
            // By a reset: it had not read all that was sent.
        }

        return true;
    }

    /// <summary>A connection whose stream is at hand even when the other side has ended it already.</summary>
    private sealed class Raw(TcpClient client) : IDisposable
    {
        public NetworkStream Stream { get; } = client.GetStream();

        public static async Task<Raw> ConnectAsync(TcpSite site) => new(await site.ConnectAsync(1));

        public void EndWriting()
        {
            try
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // Hung up on already.
            }
        }

        public void Dispose() => client.Dispose();
    }
}

/// <summary>Runs when nothing else does: others' garbage would be in the measure.</summary>
[CollectionDefinition(nameof(MeasuresMemory), DisableParallelization = true)]
public sealed class MeasuresMemory;
