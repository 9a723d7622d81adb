using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Records;
using Metamorph.Model;
using Metamorph.Sandbox;

namespace Metamorph.Benchmarks.Embedded;

/// <summary>Produce requests a second, of clients that cost as little as they can, sharing the machine with the sandbox.</summary>
internal static class ProduceRate
{
    private const int Brokers = 3;

    // A broker takes one request of a connection after the other, and acks=all waits for its followers: it takes many to be busy.
    private const int Connections = 120;
    private const int InFlight = 5;
    private const int RecordBytes = 100;
    private const int Requests = 240_000;
    private const short Version = 9;
    private const string Topic = "orders";

    public static async Task RunAsync(Scoreboard scoreboard)
    {
        foreach (var acks in new short[] { -1, 1 })
        {
            var layout = Clusters.Of(Brokers, controllers: 0, partitions: 0) with
            {
                Topics = [new TopicLayout(Topic, Connections, 3)],
            };
            await using var sandbox = await Clusters.StartAsync(layout);
            await SendAsync(sandbox, acks, Requests / 4);
            var since = Stopwatch.GetTimestamp();
            await SendAsync(sandbox, acks, Requests);
            var rate = Requests / Stopwatch.GetElapsedTime(since).TotalSeconds;
            scoreboard.AddAtLeast(
                $"sandbox, {Brokers} brokers, {Connections} connections: produce, acks={(acks == -1 ? "all" : acks)}", rate / 1000, 30, "k/s");
        }
    }

    private static Task SendAsync(LiveSandbox sandbox, short acks, int requests) =>
        Task.WhenAll(Enumerable.Range(0, Connections).Select(partition =>
            SendAsync(sandbox.Bootstrap[partition % Brokers], partition, acks, requests / Connections)));

    /// <summary>One connection to the leader of one partition, with as many requests on their way as Kafka's producer has.</summary>
    private static async Task SendAsync(Endpoint leader, int partition, short acks, int requests)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(leader.Host, leader.Port);
        var stream = client.GetStream();
        using var frame = Frames.EncodeRequest(RequestOf(partition, acks), Version, correlationId: 1, "load");
        var buffer = new byte[4096];
        for (var sent = 0; sent < requests + InFlight; sent++)
        {
            if (sent < requests)
            {
                await stream.WriteAsync(frame.Memory);
            }

            if (sent >= InFlight)
            {
                await ReadAsync(stream, buffer);
            }
        }
    }

    /// <exception cref="InvalidOperationException">The record was refused.</exception>
    private static async Task ReadAsync(NetworkStream stream, byte[] buffer)
    {
        await stream.ReadExactlyAsync(buffer.AsMemory(0, sizeof(int)));
        var frame = buffer.AsMemory(0, BinaryPrimitives.ReadInt32BigEndian(buffer));
        await stream.ReadExactlyAsync(frame);
        var answer = Frames.DecodeResponse<ProduceResponse>(frame, Version).Responses[0].PartitionResponses[0];
        if (answer.ErrorCode != ErrorCode.None)
        {
            throw new InvalidOperationException($"produce: {answer.ErrorCode}");
        }
    }

    private static ProduceRequest RequestOf(int partition, short acks) => new()
    {
        Acks = acks,
        TimeoutMs = 30_000,
        TopicData =
        [
            new()
            {
                Name = Topic,
                PartitionData = [new() { Index = partition, Records = new RecordBatchBuilder().Add(0, null, new byte[RecordBytes]).Build() }],
            },
        ],
    };
}
