using System.Net.Sockets;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Sandbox.Tests.FrontEnd;

/// <summary>A stub cluster of two nodes behind a real TCP front-end.</summary>
internal sealed class TcpSite : IAsyncDisposable
{
    private readonly List<Exception> reported = [];
    private readonly TcpFrontEnd frontEnd;

    private TcpSite(StubCore core, FrontEndLimits limits, double pace)
    {
        Core = core;
        frontEnd = TcpFrontEnd.Bind(core.Listeners, new TcpFrontEndOptions { Limits = limits }, TimeProvider.System);
        Host = new LiveHost(core, core.Listeners, new ClockPace(TimeProvider.System, DateTimeOffset.UnixEpoch, pace), reported.Add);
    }

    public StubCore Core { get; }

    public LiveHost Host { get; }

    public static async Task<TcpSite> StartAsync(StubCore? core = null, FrontEndLimits? limits = null, double pace = 1)
    {
        var site = new TcpSite(core ?? new StubLog().Serve(new StubCore(1, 2)), limits ?? new FrontEndLimits(), pace);
        await site.frontEnd.ServeAsync(site.Host);
        return site;
    }

    public Endpoint EndpointOf(int node) => frontEnd.EndpointOf(StubCore.Listener(node));

    public async Task<TcpClient> ConnectAsync(int node)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync("127.0.0.1", EndpointOf(node).Port);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public KafkaClient NewClient(int node) => new([EndpointOf(node)], new TcpTransport(), new KafkaClientOptions(), TimeProvider.System);

    public static byte[] MetadataFrame(int correlationId = 1)
    {
        using var frame = Frames.EncodeRequest(new MetadataRequest(), 9, correlationId, "raw");
        return frame.Memory.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await frontEnd.DisposeAsync();
        Host.Dispose();
        Assert.Empty(reported);
    }
}
