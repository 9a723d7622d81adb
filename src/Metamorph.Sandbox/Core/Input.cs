using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>Everything that can happen to the cluster from outside. What it does by itself comes from its timers.</summary>
public abstract record Input
{
    private protected Input()
    {
    }

    /// <summary>Nothing but time has passed.</summary>
    public sealed record Tick : Input;

    /// <summary>A client has connected. The number is the front-end's, and is used once.</summary>
    public sealed record Opened(long Connection, ListenerId Listener, string ClientHost) : Input;

    /// <summary>
    /// A client has asked. The next request of a connection comes only after this one was answered, as Kafka mutes the
    /// channel meanwhile.
    /// </summary>
    /// <param name="Connection">Whose request it is.</param>
    /// <param name="Header">Its header; past the correlation id it is only filled when <paramref name="Body"/> is.</param>
    /// <param name="Body">The request; null when its API or version is not declared in this build.</param>
    public sealed record Asked(long Connection, RequestHeader Header, IKafkaMessage? Body) : Input;

    /// <summary>A client has gone, or what it sent cannot be read. What it asked for goes on; the answer has nowhere to go.</summary>
    public sealed record Closed(long Connection) : Input;

    /// <summary>Somebody at the machines does something.</summary>
    public sealed record Ordered(NodeId Node, NodeOrder Order) : Input;

    /// <summary>Somebody changes the cluster past every API: a fault that no machine is named for, or a set-up.</summary>
    /// <param name="What">What it is, for the history.</param>
    /// <param name="Act">Runs on the core's thread.</param>
    internal sealed record Done(string What, Action<World> Act) : Input;
}
