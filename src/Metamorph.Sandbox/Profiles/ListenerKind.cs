namespace Metamorph.Sandbox;

/// <summary>Whom a listener of a node is for. Each kind serves APIs of its own.</summary>
public enum ListenerKind
{
    /// <summary>Clients and other brokers.</summary>
    Broker,

    /// <summary>Brokers and controllers on behalf of the quorum; from 3.7 on also tools (KIP-919).</summary>
    Controller,
}
