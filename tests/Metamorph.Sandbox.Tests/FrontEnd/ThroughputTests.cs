using Metamorph.Kafka.Client;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox.Tests.FrontEnd;

/// <summary>How fast the front-end is, client and server sharing the machine. Run by name; the number is for people.</summary>
public sealed class ThroughputTests(ITestOutputHelper output)
{
    private const int Connections = 16;

    [Theory(Explicit = true)]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task Produce_requests_a_second_over_loopback(int bytes)
    {
        var acknowledged = new ProduceResponse { Responses = [new() { Name = "orders", PartitionResponses = [new()] }] };
        var core = new StubCore(1).On<ProduceRequest, ProduceResponse>(_ => acknowledged);
        await using var site = await TcpSite.StartAsync(core);
        await MeasureAsync(site, 20_000, bytes);
        var began = TimeProvider.System.GetTimestamp();
        await MeasureAsync(site, 200_000, bytes);
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        output.WriteLine($"{200_000 / seconds:n0} requests/s of {bytes} bytes over {Connections} connections");
    }

    private static Task MeasureAsync(TcpSite site, int requests, int bytes) =>
        Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => SendAsync(site, requests / Connections, bytes)));

    /// <summary>A client that keeps five requests on their way, and costs as little as it can itself.</summary>
    private static async Task SendAsync(TcpSite site, int requests, int bytes)
    {
        using var client = await site.ConnectAsync(1);
        var request = new ProduceRequest
        {
            Acks = -1, TopicData = [new() { Name = "orders", PartitionData = [new() { Records = new byte[bytes] }] }],
        };
        using var frame = Frames.EncodeRequest(request, 9, 1, "load");
        using var answer = Frames.EncodeResponse(
            new ProduceResponse { Responses = [new() { Name = "orders", PartitionResponses = [new()] }] }, 9, 1);
        var stream = client.GetStream();
        var buffer = new byte[answer.Memory.Length];
        for (var sent = 0; sent < requests + 5; sent++)
        {
            if (sent < requests)
            {
                await stream.WriteAsync(frame.Memory);
            }

            if (sent >= 5)
            {
                await stream.ReadExactlyAsync(buffer);
            }
        }
    }
}
