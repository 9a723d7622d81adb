using System.Net.Sockets;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox.Tests.FrontEnd;

public sealed class TcpFrontEndTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_real_client_is_served()
    {
        await using var site = await TcpSite.StartAsync();
        await using var client = site.NewClient(1);
        var answer = await client.SendToAnyAsync(new MetadataRequest(), None);
        Assert.Equal([1, 2], answer.Brokers.Select(broker => broker.NodeId));
    }

    [Fact]
    public async Task A_killed_node_resets_refuses_and_comes_back_on_the_same_port()
    {
        await using var site = await TcpSite.StartAsync();
        using var raw = await site.ConnectAsync(1);
        await AskAsync(raw);
        for (var round = 0; round < 3; round++)
        {
            site.Host.Submit(StubCore.Order(1, new NodeOrder.Kill()));
            var refused = await Assert.ThrowsAsync<SocketException>(() => site.ConnectAsync(1));
            Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);

            site.Host.Submit(StubCore.Order(1, new NodeOrder.Start()));
            using var again = await site.ConnectAsync(1);
            await AskAsync(again);
        }

        var reset = await Assert.ThrowsAsync<IOException>(() => raw.GetStream().ReadAsync(new byte[1]).AsTask());
        Assert.Equal(SocketError.ConnectionReset, ((SocketException)reset.InnerException!).SocketErrorCode);
        using var other = await site.ConnectAsync(2);
        await AskAsync(other);
    }

    [Fact]
    public async Task A_frozen_node_takes_connections_and_answers_when_it_thaws()
    {
        await using var site = await TcpSite.StartAsync();
        site.Host.Submit(StubCore.Order(1, new NodeOrder.Freeze()));
        using var raw = await site.ConnectAsync(1);
        await raw.GetStream().WriteAsync(TcpSite.MetadataFrame());
        using var other = await site.ConnectAsync(2);
        await AskAsync(other);
        Assert.Equal(0, raw.Available);

        site.Host.Submit(StubCore.Order(1, new NodeOrder.Heal()));
        await ReadFrameAsync(raw);
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_one_by_one_in_order()
    {
        await using var site = await TcpSite.StartAsync();
        using var raw = await site.ConnectAsync(1);
        var requests = Enumerable.Range(1, 300).SelectMany(TcpSite.MetadataFrame).ToArray();
        await raw.GetStream().WriteAsync(requests);
        for (var expected = 1; expected <= 300; expected++)
        {
            Assert.Equal(expected, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(await ReadFrameAsync(raw)));
        }
    }

    [Fact]
    public async Task A_paced_cluster_answers_after_its_own_latency()
    {
        var core = new StubLog().Serve(new StubCore(1, 2) { Latency = TimeSpan.FromMinutes(1) });
        await using var site = await TcpSite.StartAsync(core, pace: 6000);
        using var raw = await site.ConnectAsync(1);
        var began = await site.Host.AskAsync(() => site.Host.Now);
        await AskAsync(raw);
        Assert.InRange(await site.Host.AskAsync(() => site.Host.Now) - began, core.Latency, TimeSpan.FromHours(10));
    }

    [Fact]
    public async Task The_core_can_be_asked_between_steps_and_no_more_when_it_has_stopped()
    {
        var site = await TcpSite.StartAsync();
        using var raw = await site.ConnectAsync(1);
        await AskAsync(raw);
        Assert.Equal(1, await site.Host.AskAsync(() => site.Core.Connections));
        await site.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => site.Host.AskAsync(() => 1));
        await Assert.ThrowsAsync<SocketException>(() => site.ConnectAsync(1));
    }

    [Fact]
    public void A_port_that_is_taken_is_told()
    {
        using var other = new TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var port = ((System.Net.IPEndPoint)other.LocalEndpoint).Port;
        var listener = StubCore.Listener(1);
        var options = new TcpFrontEndOptions
        {
            Ports = System.Collections.Immutable.ImmutableDictionary<ListenerId, int>.Empty.Add(listener, port),
        };
        Assert.Throws<IOException>(() => TcpFrontEnd.Bind([listener], options, TimeProvider.System));
    }

    [Fact]
    public async Task One_connection_too_many_is_closed_and_the_others_go_on()
    {
        await using var site = await TcpSite.StartAsync(limits: new FrontEndLimits { MaxConnections = 2 });
        using var first = await site.ConnectAsync(1);
        await AskAsync(first);
        using var second = await site.ConnectAsync(1);
        await AskAsync(second);
        using var third = await site.ConnectAsync(1);
        await Assert.ThrowsAnyAsync<IOException>(() => AskAsync(third));
        await AskAsync(first);
        await AskAsync(second);
    }

    internal static async Task AskAsync(TcpClient raw)
    {
        await raw.GetStream().WriteAsync(TcpSite.MetadataFrame());
        await ReadFrameAsync(raw);
    }

    private static async Task<byte[]> ReadFrameAsync(TcpClient raw)
    {
        var size = new byte[4];
        await raw.GetStream().ReadExactlyAsync(size);
        var frame = new byte[System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(size)];
        await raw.GetStream().ReadExactlyAsync(frame);
        return frame;
    }
}
