using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Serves one connection: reads a request, has it answered, and only then looks at the next.</summary>
/// <remarks>
/// Kafka mutes a channel while it works on its request. What cannot be read ends this connection, and no other.
/// </remarks>
/// <param name="stream">To the client; disposed at the end.</param>
/// <param name="host">Who answers.</param>
/// <param name="limits">What is taken of a client.</param>
/// <param name="budget">Memory that all connections share.</param>
internal sealed class ConnectionLoop(Stream stream, ICoreHost host, FrontEndLimits limits, ByteBudget budget)
{
    /// <summary>A client that always has another request ready lets others have a turn after so many.</summary>
    private const int Turn = 64;

    /// <summary>Runs to the end of the connection. Never throws.</summary>
    /// <param name="listener">To whom the client has connected.</param>
    /// <param name="clientHost">From where.</param>
    /// <param name="whenEnded">Called when the node ends the connection: reading and writing must end with it.</param>
    public async Task RunAsync(ListenerId listener, string clientHost, Action whenEnded)
    {
        using var reader = new RequestReader(stream, limits.MaxRequestBytes, budget);
        var connection = host.Connect(listener, clientHost, whenEnded);
        try
        {
            await ServeAsync(reader, connection);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or KafkaProtocolException)
        {
            // The client has gone, or speaks in riddles: it is hung up on, as Kafka does.
        }
        catch (Exception e)
        {
            host.Report(e);
        }
        finally
        {
            connection.Close();
            await stream.DisposeAsync();
        }
    }

    private async Task ServeAsync(RequestReader reader, HostedConnection connection)
    {
        for (var served = 1; await reader.ReadAsync() is { } frame; served++)
        {
            var (header, body) = Decode(frame);
            switch (await connection.AskAsync(header, body))
            {
                case Output.Answered { Reply: { } reply }:
                    await WriteAsync(reply);
                    break;
                case Output.Answered:
                    break;
                default:
                    return;
            }

            if (served % Turn == 0)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>The request; without a body where its API or version is not declared.</summary>
    private static (RequestHeader Header, IKafkaMessage? Body) Decode(RequestFrame frame)
    {
        var reader = new KafkaReader(frame.Bytes);
        var (header, api) = Frames.ReadRequestHeader(ref reader);
        if (api is { RequestKeepsFrame: true } && !frame.IsOwned)
        {
            // Records and the like are slices of the frame, and outlive its place in the buffer.
            reader = new KafkaReader(frame.Bytes.ToArray());
            (header, api) = Frames.ReadRequestHeader(ref reader);
        }

        return (header, api?.ReadRequest(ref reader, header.RequestApiVersion));
    }

    private async ValueTask WriteAsync(Reply reply)
    {
        EncodedFrame frame;
        try
        {
            frame = reply.Encode();
        }
        catch (KafkaProtocolException e)
        {
            throw new InvalidOperationException("an answer cannot be said in the version of its request", e);
        }

        using (frame)
        {
            await stream.WriteAsync(frame.Memory);
        }
    }
}
