using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>One listener of one node: what a client connects to.</summary>
public readonly record struct ListenerId(NodeId Node, ListenerKind Kind);

/// <summary>What happens to whoever connects.</summary>
public enum ListenerMode
{
    /// <summary>Nobody listens: connecting fails at once.</summary>
    Refusing,

    /// <summary>Connections are taken and served.</summary>
    Open,

    /// <summary>Connections are taken and nothing on them is ever answered, as by a frozen process.</summary>
    Hanging,
}
