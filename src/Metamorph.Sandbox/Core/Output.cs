namespace Metamorph.Sandbox;

/// <summary>What the cluster does to the world outside.</summary>
public abstract record Output
{
    private protected Output()
    {
    }

    /// <summary>A request is done. Null: there is no answer to it (acks 0), and the next request may come.</summary>
    public sealed record Answered(long Connection, Reply? Reply) : Output;

    /// <summary>The node closes the connection, without an answer to what was asked last.</summary>
    public sealed record Ended(long Connection) : Output;

    /// <summary>A listener changes its manners.</summary>
    public sealed record Turned(ListenerId Listener, ListenerMode Mode) : Output;
}
