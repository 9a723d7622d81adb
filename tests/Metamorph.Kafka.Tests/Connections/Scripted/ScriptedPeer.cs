using System.Buffers.Binary;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Tests;

/// <summary>What arrived at a peer.</summary>
internal sealed record Asked(RequestHeader Header, IKafkaMessage Request)
{
    public ApiKey Api => (ApiKey)Header.RequestApiKey;
}

/// <summary>The far end of a connection: it reads requests and answers what the test says.</summary>
internal sealed class ScriptedPeer(Stream stream) : IDisposable
{
    /// <summary>The next request; null when the client closed.</summary>
    public async Task<Asked?> ReceiveAsync()
    {
        var size = new byte[4];
        if (await stream.ReadAtLeastAsync(size, size.Length, throwOnEndOfStream: false) < size.Length)
        {
            return null;
        }

        var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(size)];
        await stream.ReadExactlyAsync(frame);
        return Read(frame);
    }

    public async Task AnswerAsync<TResponse>(Asked asked, TResponse response, short? version = null)
        where TResponse : IKafkaResponse<TResponse>
    {
        using var frame = Frames.EncodeResponse(
            response, version ?? asked.Header.RequestApiVersion, asked.Header.CorrelationId);
        await stream.WriteAsync(frame.Memory);
    }

    public async Task SendAsync(params byte[] bytes) => await stream.WriteAsync(bytes);

    /// <summary>Answers the first request of a connection with the versions of some APIs.</summary>
    public async Task NegotiateAsync(params ApiVersionsResponse.ApiVersion[] apis) =>
        await AnswerAsync((await ReceiveAsync())!, new ApiVersionsResponse { ApiKeys = apis });

    public void Dispose() => stream.Dispose();

    private static Asked Read(byte[] frame)
    {
        var reader = new KafkaReader(frame);
        var (header, api) = Frames.ReadRequestHeader(ref reader);
        return new Asked(header, api!.ReadRequest(ref reader, header.RequestApiVersion));
    }
}
