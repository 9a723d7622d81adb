namespace Metamorph.Sandbox;

/// <summary>A client's connection to one listener, as the core sees it.</summary>
internal sealed class ClientConnection(long id, SandboxNode node, ListenerKind kind, string clientHost)
{
    public long Id => id;

    public SandboxNode Node => node;

    public ListenerKind Kind => kind;

    public string ClientHost => clientHost;

    public bool IsOpen { get; set; } = true;

    /// <summary>What is to be undone when the connection goes, such as its fetch session.</summary>
    public Action? WhenClosed { get; set; }
}
