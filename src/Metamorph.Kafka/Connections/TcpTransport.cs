using System.Net.Sockets;
using Metamorph.Model;

namespace Metamorph.Kafka.Connections;

/// <summary>
/// Plain TCP. A listener with TLS gets its <c>SslStream</c> here, between the socket and the caller; SASL follows on
/// top, in <see cref="KafkaConnection"/>.
/// </summary>
public sealed class TcpTransport : ITransport
{
    public async ValueTask<Stream> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException($"{endpoint}: {e.Message}", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
