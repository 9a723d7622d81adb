using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>One request that a node has in hand. It is answered once, now or later.</summary>
internal abstract class Call
{
    protected Call(World world, ClientConnection connection, short version, int correlationId, string? clientId)
    {
        (World, Connection, Version, CorrelationId, ClientId) = (world, connection, version, correlationId, clientId);
        Node = connection.Node;
        Life = Node.Life!;
    }

    /// <summary>The node that was asked.</summary>
    public SandboxNode Node { get; }

    /// <summary>The life of the node in which it was asked: an answer of a later life would be a lie.</summary>
    public NodeLife Life { get; }

    public ClientConnection Connection { get; }

    public short Version { get; }

    public int CorrelationId { get; }

    public string? ClientId { get; }

    /// <summary>Somebody still waits for the answer.</summary>
    public bool IsOpen => !IsDone && Connection.IsOpen && Node.Life == Life;

    protected bool IsDone { get; private set; }

    protected World World { get; }

    /// <summary>Ends the connection instead of answering, as Kafka does where it has no answer to give.</summary>
    public void HangUp()
    {
        if (IsOpen)
        {
            IsDone = true;
            World.Connections.End(Connection);
        }
    }

    /// <summary>Lets the next request come without an answer to this one (acks 0).</summary>
    public void AnswerNothing() => Complete(null);

    protected void Complete(Reply? reply)
    {
        if (IsDone)
        {
            throw new InvalidOperationException($"a request of connection {Connection.Id} is answered twice");
        }

        if (IsOpen)
        {
            World.Connections.Answer(this, reply);
        }

        IsDone = true;
    }
}

/// <summary>A request whose answer is a <typeparamref name="TResponse"/>.</summary>
internal sealed class Call<TResponse>(
    World world, ClientConnection connection, short version, int correlationId, string? clientId)
    : Call(world, connection, version, correlationId, clientId)
    where TResponse : IKafkaResponse<TResponse>
{
    public void Answer(TResponse response) => Complete(new Reply.Of<TResponse>(response, Version, CorrelationId));

    /// <summary>Answers in another version than was asked in: ApiVersions alone does (KIP-511).</summary>
    public void AnswerIn(short version, TResponse response) =>
        Complete(new Reply.Of<TResponse>(response, version, CorrelationId));
}
