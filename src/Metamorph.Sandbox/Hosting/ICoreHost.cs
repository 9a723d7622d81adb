namespace Metamorph.Sandbox;

/// <summary>Runs a core, and carries its answers to the connections that they are for.</summary>
/// <remarks>
/// Everything here may be called from any thread that the host allows, and from within its own callbacks.
/// </remarks>
public interface ICoreHost
{
    /// <summary>
    /// Hears of a listener that changes its manners, on whatever thread the core is stepped; it must be quick.
    /// </summary>
    event Action<Output.Turned>? Turned;

    /// <summary>Has something happen to the cluster.</summary>
    void Submit(Input input);

    /// <summary>A client has connected.</summary>
    /// <param name="listener">To whom.</param>
    /// <param name="clientHost">From where.</param>
    /// <param name="whenEnded">Called once if the node ends the connection, not if the client does.</param>
    HostedConnection Connect(ListenerId listener, string clientHost, Action whenEnded);

    /// <summary>Reads the core's state between two steps.</summary>
    /// <exception cref="ObjectDisposedException">The host has stopped.</exception>
    Task<T> AskAsync<T>(Func<T> read);

    /// <summary>What a listener did to whoever connected, when the core last stepped.</summary>
    ListenerMode ModeOf(ListenerId listener);

    /// <summary>Hears of what should not be: an error in the sandbox itself, met on one connection.</summary>
    void Report(Exception error);
}
