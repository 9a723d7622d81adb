using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>Lets real clients reach a hosted cluster: one TCP port for each listener of each node.</summary>
public sealed class TcpFrontEnd : IAsyncDisposable
{
    private readonly ImmutableDictionary<ListenerId, TcpDoor> doors;
    private ICoreHost? host;

    private TcpFrontEnd(ImmutableDictionary<ListenerId, TcpDoor> doors) => this.doors = doors;

    /// <summary>
    /// Takes the ports, which are this front-end's to its end. Nobody is served yet: connections are refused.
    /// </summary>
    /// <param name="listeners">The listeners of the cluster.</param>
    /// <param name="options">Where they are to listen.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">A port is not to be had. None is held then.</exception>
    public static TcpFrontEnd Bind(IEnumerable<ListenerId> listeners, TcpFrontEndOptions options, TimeProvider time)
    {
        var address = IPAddress.TryParse(options.Host, out var literal)
            ? literal
            : Dns.GetHostAddresses(options.Host)[0];
        var shared = new TcpShared(options, new ByteBudget(options.Limits.MaxBufferedBytes), time);
        var doors = ImmutableDictionary.CreateBuilder<ListenerId, TcpDoor>();
        try
        {
            foreach (var listener in listeners)
            {
                var port = options.Ports.GetValueOrDefault(listener);
                doors.Add(listener, new TcpDoor(listener, new IPEndPoint(address, port), shared));
            }
        }
        catch (SocketException e)
        {
            doors.Values.ToList().ForEach(door => door.Dispose());
            throw new IOException($"cannot listen on {options.Host}: {e.Message}", e);
        }

        return new TcpFrontEnd(doors.ToImmutable());
    }

    /// <summary>Where a listener is reached, whether it serves or not.</summary>
    public Endpoint EndpointOf(ListenerId listener) => doors[listener].Endpoint;

    /// <summary>Serves the cluster, and follows its listeners. Clients can connect when this returns.</summary>
    public async Task ServeAsync(ICoreHost host)
    {
        this.host = host;
        await host.AskAsync(() =>
        {
            host.Turned += Turn;
            foreach (var (listener, door) in doors)
            {
                door.Serve(host, host.ModeOf(listener));
            }

            return true;
        });
    }

    /// <summary>Gives the ports back, resets all connections, and waits until nobody works for them any more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            host.Turned -= Turn;
        }

        foreach (var door in doors.Values)
        {
            door.Dispose();
        }

        foreach (var door in doors.Values)
        {
            await door.Ended;
        }
    }

    private void Turn(Output.Turned turned)
    {
        if (doors.TryGetValue(turned.Listener, out var door))
        {
            door.Turn(turned.Mode);
        }
    }
}

/// <summary>What the doors of a front-end have in common.</summary>
internal sealed record TcpShared(TcpFrontEndOptions Options, ByteBudget Budget, TimeProvider Time);
