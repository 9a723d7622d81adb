using System.Net;
using System.Net.Sockets;

namespace Metamorph.RealKafka.Cluster;

/// <summary>TCP ports of 127.0.0.1 that nobody else uses while the lease is held, though their node may be down.</summary>
/// <remarks>
/// The ports lie below the ephemeral range (32768 on Linux), so an outgoing connection never takes one while its node
/// restarts. A lock file for each keeps other test processes on this machine away.
/// </remarks>
internal sealed class PortLease : IDisposable
{
    private const int First = 20_000;
    private const int Count = 12_000;

    private static readonly string LockFolder = Path.Combine(Path.GetTempPath(), "metamorph-ports");

    private readonly List<FileStream> locks = [];

    public int Take()
    {
        Directory.CreateDirectory(LockFolder);
        var start = Random.Shared.Next(Count);
        for (var i = 0; i < Count; i++)
        {
            var port = First + ((start + i) % Count);
            if (TryTake(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"no free port between {First} and {First + Count}");
    }

    public void Dispose()
    {
        // The empty files stay: to delete one could take it from under another process that is about to lock it.
        locks.ForEach(held => held.Dispose());

        locks.Clear();
    }

    private bool TryTake(int port)
    {
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(LockFolder, $"{port}"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException)
        {
            return false;
        }

        if (!CanBind(port))
        {
            held.Dispose();
            return false;
        }

        locks.Add(held);
        return true;
    }

    private static bool CanBind(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
