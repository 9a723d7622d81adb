using Metamorph.Model;

namespace Metamorph.Kafka.Connections;

/// <summary>Makes byte streams to brokers: TCP in the field, a stream in memory in a simulation.</summary>
public interface ITransport
{
    /// <summary>Connects, and secures the stream where the listener wants it.</summary>
    /// <exception cref="IOException">Nobody listens there, or the name does not resolve. Nothing is left
    /// open.</exception>
    ValueTask<Stream> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken);
}
