using Metamorph.Kafka.Protocol;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>
/// A Kafka cluster as a state machine: a time and an input go in, outputs come out. It has no clock, no socket and no
/// thread, and the same seed with the same inputs at the same times gives the same history.
/// </summary>
public sealed class ClusterCore : ISteppedCore
{
    /// <summary>Lines of history that are kept where nobody says how many.</summary>
    public const int LinesKeptByDefault = 10_000;

    private readonly World world;

    /// <summary>A running cluster.</summary>
    /// <param name="topology">What it is at the beginning.</param>
    /// <param name="linesKept">How many lines of its history are kept.</param>
    public ClusterCore(SandboxTopology topology, int linesKept = LinesKeptByDefault)
    {
        History = new History(linesKept);
        world = new World(topology, History);
        ClusterStart.Of(world);
    }

    public DateTimeOffset Now => world.Now;

    /// <summary>When the cluster next does something by itself; null: not before something happens to it.</summary>
    public DateTimeOffset? NextTimer => world.Timers.Next;

    public History History { get; }

    /// <summary>What the cluster was at the beginning.</summary>
    public SandboxTopology Topology => world.Topology;

    internal World World => world;

    /// <summary>Lets the time come to <paramref name="now"/>, fires what is due until then, and takes the input.</summary>
    /// <returns>What the cluster does to the world outside, in its order. Valid until the next step.</returns>
    public IReadOnlyList<Output> Step(DateTimeOffset now, Input input)
    {
        world.Outputs.Clear();
        world.Steps++;
        while (world.Timers.TryTake(now, out var timer, out var due))
        {
            world.Now = due > world.Now ? due : world.Now;
            timer.Fire();
        }

        world.Now = now > world.Now ? now : world.Now;
        Take(input);
        return world.Outputs;
    }

    /// <summary>What a listener does to whoever connects now.</summary>
    public ListenerMode ModeOf(ListenerId listener) => world.Nodes.ModeOf(listener);

    /// <summary>How the cluster stands, on one line.</summary>
    public string Describe() => ClusterWords.Of(world);

    private void Take(Input input)
    {
        switch (input)
        {
            case Input.Tick:
                break;
            case Input.Opened opened:
                world.Connections.Open(
                    opened.Connection, world.Nodes[opened.Listener.Node], opened.Listener.Kind, opened.ClientHost);
                break;
            case Input.Asked asked:
                Take(asked);
                break;
            case Input.Closed closed:
                world.Connections.Forget(closed.Connection);
                break;
            case Input.Ordered ordered:
                world.Nodes.Obey(world.Nodes[ordered.Node], ordered.Order);
                break;
            case Input.Done done:
                world.Say(done.What);
                done.Act(world);
                break;
            default:
                throw new InvalidOperationException($"no such input: {input}");
        }
    }

    private void Take(Input.Asked asked)
    {
        if (world.Connections.Find(asked.Connection) is not { } connection)
        {
            return;
        }

        History.Note(((long)asked.Header.RequestApiKey << 48) ^ ((long)asked.Header.RequestApiVersion << 40) ^ world.Now.Ticks);
        if (connection.Node.IsFrozen)
        {
            connection.Node.Life!.Held.Add(() => Requests.Take(world, connection, asked));
        }
        else
        {
            Requests.Take(world, connection, asked);
        }
    }
}
