namespace Metamorph.Sandbox;

/// <summary>The connections of clients, and what may go out on them.</summary>
internal sealed class ConnectionTable(World world)
{
    private readonly Dictionary<long, ClientConnection> open = [];

    public int Count => open.Count;

    public ClientConnection? Find(long id) => open.GetValueOrDefault(id);

    public void Open(long id, SandboxNode node, ListenerKind kind, string clientHost)
    {
        if (node.Life is null)
        {
            // It was taken while the process was going.
            world.Outputs.Add(new Output.Ended(id));
            return;
        }

        open[id] = new ClientConnection(id, node, kind, clientHost);
    }

    /// <summary>The client has gone.</summary>
    public void Forget(long id)
    {
        if (open.Remove(id, out var connection))
        {
            connection.IsOpen = false;
            connection.WhenClosed?.Invoke();
        }
    }

    /// <summary>The node ends it.</summary>
    public void End(ClientConnection connection)
    {
        if (connection.IsOpen)
        {
            Forget(connection.Id);
            world.Outputs.Add(new Output.Ended(connection.Id));
        }
    }

    /// <summary>The process is gone, and all its connections with it.</summary>
    public void EndAllOf(SandboxNode node)
    {
        foreach (var connection in open.Values.Where(connection => connection.Node == node).ToList())
        {
            End(connection);
        }
    }

    /// <summary>Sends an answer, as soon as the node lets it go.</summary>
    public void Answer(Call call, Reply? reply)
    {
        var delay = call.Node.Slowness + world.Timings.ClientLatency;
        if (delay > TimeSpan.Zero)
        {
            world.After(delay, () => Send(call, reply));
        }
        else
        {
            Send(call, reply);
        }
    }

    private void Send(Call call, Reply? reply)
    {
        if (!call.Connection.IsOpen || call.Node.Life != call.Life)
        {
            return;
        }

        if (call.Node.IsFrozen)
        {
            call.Life.Held.Add(() => Send(call, reply));
        }
        else if (call.Node.AnswersToLose > 0 && reply is not null)
        {
            call.Node.AnswersToLose--;
            world.Say($"an answer of node {call.Node.Id} is lost");
            End(call.Connection);
        }
        else
        {
            world.Outputs.Add(new Output.Answered(call.Connection.Id, reply));
        }
    }
}
