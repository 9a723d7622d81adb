using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Metamorph.RealKafka.Capture;

/// <summary>A TCP proxy before one broker that writes down what Kafka's own clients and the broker say to each other.</summary>
/// <remarks>The brokers advertise the proxies' ports, so they speak to each other through them too; that is passed on unrecorded.</remarks>
public sealed class RecordingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly int brokerPort;
    private readonly Func<FrameBook?> book;
    private readonly Task accepting;

    /// <param name="brokerPort">Where the broker listens.</param>
    /// <param name="book">Where exchanges go at present; null drops them.</param>
    public RecordingProxy(int brokerPort, Func<FrameBook?> book)
    {
        this.brokerPort = brokerPort;
        this.book = book;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        await accepting;
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await listener.AcceptTcpClientAsync(ending.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var broker = new TcpClient();
        using (client)
        {
            try
            {
                await broker.ConnectAsync(IPAddress.Loopback, brokerPort, ending.Token);
                (client.NoDelay, broker.NoDelay) = (true, true);
                var asked = new ConcurrentDictionary<int, byte[]>();
                var requests = PumpAsync(client.GetStream(), broker.GetStream(), request => Remember(asked, request));
                var responses = PumpAsync(broker.GetStream(), client.GetStream(), response => Record(asked, response));

                // Whichever side closes first, the other one is closed with it by leaving.
                await await Task.WhenAny(requests, responses);
            }
            catch (Exception over) when (over is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // A connection that breaks or ends is nothing to record.
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Action<byte[]> seen)
    {
        var length = new byte[4];
        while (true)
        {
            await from.ReadExactlyAsync(length, ending.Token);
            var frame = new byte[4 + BinaryPrimitives.ReadInt32BigEndian(length)];
            length.CopyTo(frame, 0);
            await from.ReadExactlyAsync(frame.AsMemory(4), ending.Token);
            seen(frame[4..]);
            await to.WriteAsync(frame, ending.Token);
        }
    }

    private static void Remember(ConcurrentDictionary<int, byte[]> asked, byte[] request)
    {
        if (!IsFromBroker(request))
        {
            asked[BinaryPrimitives.ReadInt32BigEndian(request.AsSpan(4))] = request;
        }
    }

    private void Record(ConcurrentDictionary<int, byte[]> asked, byte[] response)
    {
        if (asked.TryRemove(BinaryPrimitives.ReadInt32BigEndian(response), out var request))
        {
            book()?.Add(new Exchange(request, response));
        }
    }

    // Every request header has the client id as its fourth field; a broker's begins with its own name.
    private static bool IsFromBroker(byte[] request)
    {
        var length = BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(8));
        return length > 0 && Encoding.UTF8.GetString(request, 10, length).StartsWith("broker-", StringComparison.Ordinal);
    }
}
