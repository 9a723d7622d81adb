using System.Net;
using System.Net.Sockets;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>One listener's port. It is bound all the time, and listens only while the node's process does.</summary>
internal sealed class TcpDoor : IDisposable
{
    /// <summary>Linux takes no more by default (net.core.somaxconn has been 4096 since 5.4, and 128 before).</summary>
    private const int Backlog = 512;

    /// <summary>Before accepting again when the process has no file left for a connection.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock guard = new();
    private readonly ListenerId listener;
    private readonly IPEndPoint address;
    private readonly TcpShared shared;
    private readonly HashSet<Socket> open = [];
    private readonly List<Socket> parked = [];
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Socket door;
    private ICoreHost? host;
    private ListenerMode mode = ListenerMode.Refusing;
    private bool isDisposed;

    public TcpDoor(ListenerId listener, IPEndPoint wanted, TcpShared shared)
    {
        (this.listener, this.shared) = (listener, shared);
        door = Bound(wanted);
        address = (IPEndPoint)door.LocalEndPoint!;
        Endpoint = new Endpoint(shared.Options.Host, address.Port);
    }

    public Endpoint Endpoint { get; }

    /// <summary>Completes when the door is disposed and its last connection has ended.</summary>
    public Task Ended => ended.Task;

    /// <summary>How many connections are open.</summary>
    public int Connections
    {
        get
        {
            lock (guard)
            {
                return open.Count;
            }
        }
    }

    public void Serve(ICoreHost by, ListenerMode first)
    {
        host = by;
        Turn(first);
    }

    /// <summary>Refuses whoever comes, or takes and serves them, or takes them and leaves it at that.</summary>
    public void Turn(ListenerMode next)
    {
        lock (guard)
        {
            if (isDisposed)
            {
                return;
            }

            var before = mode;
            mode = next;
            if (next == ListenerMode.Refusing)
            {
                Shut(before);
                return;
            }

            if (before == ListenerMode.Refusing)
            {
                door.Listen(Backlog);
                _ = AcceptAsync(door);
            }

            if (next == ListenerMode.Open)
            {
                parked.ForEach(socket => _ = ServeAsync(socket));
                parked.Clear();
            }
        }
    }

    public void Dispose()
    {
        lock (guard)
        {
            isDisposed = true;
            mode = ListenerMode.Refusing;
            door.Dispose();
            parked.ForEach(Reset);
            parked.Clear();
            open.ToList().ForEach(Reset);

            EndIfEmpty();
        }
    }

    /// <summary>A bound socket that does not listen refuses connections, and keeps the port for us.</summary>
    private static Socket Bound(IPEndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(address);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client was faster: there is nothing to reset.
        }

        socket.Dispose();
    }

    /// <summary>Nobody listens any more. Open connections are for the core to end, which knows of each.</summary>
    private void Shut(ListenerMode before)
    {
        if (before != ListenerMode.Refusing)
        {
            door.Dispose();
            door = Bound(address);
        }

        parked.ForEach(Reset);
        parked.Clear();
    }

    private async Task AcceptAsync(Socket listening)
    {
        while (true)
        {
            try
            {
                Take(await listening.AcceptAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                lock (guard)
                {
                    if (isDisposed || !ReferenceEquals(door, listening))
                    {
                        return;
                    }
                }

                await Task.Delay(Pause, shared.Time, CancellationToken.None);
            }
        }
    }

    private void Take(Socket socket)
    {
        lock (guard)
        {
            if (mode == ListenerMode.Refusing)
            {
                Reset(socket);
            }
            else if (open.Count + parked.Count >= shared.Options.Limits.MaxConnections)
            {
                socket.Dispose();
            }
            else if (mode == ListenerMode.Hanging)
            {
                parked.Add(socket);
            }
            else
            {
                _ = ServeAsync(socket);
            }
        }
    }

    /// <summary>Called under the lock; goes on without it.</summary>
    private async Task ServeAsync(Socket socket)
    {
        open.Add(socket);
        await Task.Yield();
        try
        {
            socket.NoDelay = true;
            var from = ((IPEndPoint)socket.RemoteEndPoint!).Address.ToString();
            var loop = new ConnectionLoop(
                new NetworkStream(socket, ownsSocket: true), host!, shared.Options.Limits, shared.Budget);
            await loop.RunAsync(listener, from, () => End(socket));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // It was gone before it could be greeted.
            socket.Dispose();
        }
        finally
        {
            lock (guard)
            {
                open.Remove(socket);
                EndIfEmpty();
            }
        }
    }

    /// <summary>A process that is gone leaves a reset behind; one that lives hangs up.</summary>
    private void End(Socket socket)
    {
        if (mode == ListenerMode.Refusing)
        {
            Reset(socket);
        }
        else
        {
            socket.Dispose();
        }
    }

    private void EndIfEmpty()
    {
        if (isDisposed && open.Count == 0)
        {
            ended.TrySetResult();
        }
    }
}
