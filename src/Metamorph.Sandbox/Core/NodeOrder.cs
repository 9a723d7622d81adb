using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>What somebody at a node's machine does to it.</summary>
public abstract record NodeOrder
{
    private protected NodeOrder()
    {
    }

    /// <summary>Starts the process, on another release where one is given. A running node is left alone.</summary>
    public sealed record Start(KafkaRelease? Release = null) : NodeOrder;

    /// <summary>SIGTERM: the process begins its controlled shutdown.</summary>
    public sealed record Stop : NodeOrder;

    /// <summary>SIGKILL: the process is gone, its connections are reset, its logs need recovery.</summary>
    public sealed record Kill : NodeOrder;

    /// <summary>SIGSTOP: the process stands still; connections stay open and nothing is answered.</summary>
    public sealed record Freeze : NodeOrder;

    /// <summary>SIGCONT, and the end of <see cref="Slow"/> and <see cref="Partition"/>: the node is as it should be.</summary>
    public sealed record Heal : NodeOrder;

    /// <summary>Every answer of the node takes this much longer.</summary>
    public sealed record Slow(TimeSpan Delay) : NodeOrder;

    /// <summary>The other nodes and this one do not reach each other; clients reach it still.</summary>
    public sealed record Partition : NodeOrder;

    /// <summary>The next answers are lost: the request is done, and the connection is reset instead of answered.</summary>
    public sealed record LoseAnswers(int Count) : NodeOrder;

    /// <summary>One of its volumes has this many bytes left, whatever was there before.</summary>
    /// <param name="Dir">The index of the log dir.</param>
    /// <param name="UsableBytes">What is left.</param>
    public sealed record LeaveRoom(int Dir, long UsableBytes) : NodeOrder;
}
