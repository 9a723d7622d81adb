using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>The nodes, and what is done to their machines.</summary>
internal sealed class NodeTable
{
    private readonly World world;
    private readonly Dictionary<int, SandboxNode> byId;
    private readonly BrokerLifecycle brokers;
    private int lastPid = 1000;

    public NodeTable(World world)
    {
        this.world = world;
        All = [.. world.Topology.Nodes.OrderBy(spec => spec.Id).Select(spec => new SandboxNode(spec))];
        byId = All.ToDictionary(node => node.Id.Value);
        Brokers = [.. All.Where(node => node.IsBroker)];
        Voters = [.. All.Where(node => node.IsController)];
        brokers = new BrokerLifecycle(world);
    }

    /// <summary>All nodes, by id.</summary>
    public ImmutableArray<SandboxNode> All { get; }

    public ImmutableArray<SandboxNode> Brokers { get; }

    public ImmutableArray<SandboxNode> Voters { get; }

    public SandboxNode this[NodeId id] => byId[id.Value];

    public SandboxNode? Find(int id) => byId.GetValueOrDefault(id);

    /// <summary>Makes a process that has been running for long.</summary>
    public NodeLife Settle(SandboxNode node)
    {
        var life = NewLife(node, world.Now - TimeSpan.FromDays(1));
        life.Phase = BrokerPhase.Running;
        life.IsVoting = node.IsController;
        return life;
    }

    public void BeginHeartbeats(SandboxNode node) =>
        brokers.BeatIn(node, node.Life!, world.Entropy.Between(TimeSpan.Zero, world.Timings.HeartbeatInterval));

    public void Obey(SandboxNode node, NodeOrder order)
    {
        switch (order)
        {
            case NodeOrder.Start start:
                Start(node, start.Release);
                break;
            case NodeOrder.Stop:
                Stop(node);
                break;
            case NodeOrder.Kill:
                world.Say($"node {node.Id} is killed");
                End(node, isClean: false);
                break;
            case NodeOrder.Freeze:
                Freeze(node);
                break;
            case NodeOrder.Heal:
                Heal(node);
                break;
            case NodeOrder.Slow slow:
                world.Say($"node {node.Id} answers {slow.Delay.TotalMilliseconds:0.#} ms late");
                node.Slowness = slow.Delay;
                break;
            case NodeOrder.Partition:
                world.Say($"node {node.Id} is cut off from the other nodes");
                node.IsCutOff = true;
                world.Quorum.Lost(node, isClean: false);
                break;
            case NodeOrder.LoseAnswers lose:
                node.AnswersToLose = lose.Count;
                break;
            case NodeOrder.LeaveRoom room:
                world.Say($"log dir {room.Dir} of node {node.Id} has {room.UsableBytes} bytes left");
                world.Replication.LeaveRoom(node, room.Dir, room.UsableBytes);
                break;
            default:
                throw new InvalidOperationException($"no such order: {order}");
        }
    }

    /// <summary>The process is gone. What it held open is closed, and its logs are as they are.</summary>
    public void End(SandboxNode node, bool isClean)
    {
        if (node.Life is not { } life)
        {
            return;
        }

        world.Quorum.Lost(node, isClean);
        life.Applying?.Cancel();
        life.Heartbeat?.Cancel();
        CloseListeners(node);
        (node.Life, node.IsFrozen, node.WasClosedCleanly) = (null, false, isClean);
        world.Connections.EndAllOf(node);
        world.Replication.Ended(node);
        life.WhenGone.ForEach(act => act());
        world.Say($"node {node.Id} has ended{(isClean ? "" : ", its logs are not closed")} (pid {life.Pid})");
    }

    /// <summary>Does something on a process, unless it has ended; where it stands still, once it goes on.</summary>
    public static void WhenAwake(SandboxNode node, NodeLife life, Action act)
    {
        if (node.Life != life)
        {
            return;
        }

        if (node.IsFrozen)
        {
            life.Held.Add(() => WhenAwake(node, life, act));
        }
        else
        {
            act();
        }
    }

    public ListenerMode ModeOf(ListenerId listener)
    {
        var node = byId[listener.Node.Value];
        if (node.Life is not { } life)
        {
            return ListenerMode.Refusing;
        }

        var isOpen = listener.Kind == ListenerKind.Broker
            ? node.IsBroker && life.Phase is BrokerPhase.Running or BrokerPhase.PendingControlledShutdown
            : node.IsController && life.HasControllerListener;
        return !isOpen ? ListenerMode.Refusing : node.IsFrozen ? ListenerMode.Hanging : ListenerMode.Open;
    }

    /// <summary>Says again how the listeners of a node behave; whoever already knows is not harmed.</summary>
    public void TurnListeners(SandboxNode node)
    {
        if (node.IsBroker)
        {
            Turn(new ListenerId(node.Id, ListenerKind.Broker));
        }

        if (node.IsController)
        {
            Turn(new ListenerId(node.Id, ListenerKind.Controller));
        }

        void Turn(ListenerId listener) => world.Outputs.Add(new Output.Turned(listener, ModeOf(listener)));
    }

    /// <summary>Every broker that reads the metadata log will apply its new end after a delay of its own.</summary>
    public void MetadataGrew()
    {
        foreach (var node in All)
        {
            ApplySoon(node);
        }
    }

    /// <summary>The offset that every broker that reads the metadata log has applied.</summary>
    public long AppliedByAll()
    {
        var lowest = world.Metadata.End;
        foreach (var node in All)
        {
            if (IsReading(node))
            {
                lowest = Math.Min(lowest, node.Life!.Applied);
            }
        }

        return lowest;
    }

    private static bool IsReading(SandboxNode node) =>
        node is { IsBroker: true, Life: { BrokerEpoch: >= 0, Phase: not BrokerPhase.Starting } };

    private void ApplySoon(SandboxNode node)
    {
        if (IsReading(node) && node.Life is { Applying: null } life && node is { IsFrozen: false, IsCutOff: false })
        {
            ApplyLater(node, life);
        }
    }

    /// <remarks>A method of its own, since a closure is allocated where its variables are declared: every change of metadata asks every node, and most apply already.</remarks>
    private void ApplyLater(SandboxNode node, NodeLife life)
    {
        var delay = world.Entropy.Between(world.Timings.MetadataDelay.Min, world.Timings.MetadataDelay.Max);
        life.Applying = world.After(delay, () => WhenAwake(node, life, () =>
        {
            life.Applying = null;
            if (!node.IsCutOff)
            {
                world.Metadata.Apply(node, life);
            }
        }));
    }

    private NodeLife NewLife(SandboxNode node, DateTimeOffset startedAt)
    {
        var life = new NodeLife(++lastPid, node.Installed, startedAt, world.Entropy.NextGuid())
        {
            HasControllerListener = node.IsController && startedAt < world.Now,
        };
        node.Life = life;
        return life;
    }

    private void Start(SandboxNode node, KafkaRelease? release)
    {
        if (node.Life is not null)
        {
            return;
        }

        node.Installed = release ?? node.Installed;
        var life = NewLife(node, world.Now);
        var boot = world.Entropy.Between(world.Timings.Boot.Min, world.Timings.Boot.Max);
        world.Say($"node {node.Id} starts on {node.Installed} (pid {life.Pid})");
        if (node.IsController)
        {
            world.After(boot / 2, () => WhenAwake(node, life, () => StartController(node, life)));
        }

        if (node.IsBroker)
        {
            world.After(boot, () => WhenAwake(node, life, () => brokers.Register(node, life)));
        }
    }

    private void StartController(SandboxNode node, NodeLife life)
    {
        life.HasControllerListener = true;
        TurnListeners(node);
        world.Quorum.Join(node, life);
    }

    private void Stop(SandboxNode node)
    {
        if (node.Life is not { IsStopping: false } life)
        {
            return;
        }

        life.IsStopping = true;
        world.Say($"node {node.Id} is asked to stop (pid {life.Pid})");
        node.Write(world.Now, $"INFO Terminating process due to signal SIGTERM");
        WhenAwake(node, life, () =>
        {
            if (node.IsBroker)
            {
                brokers.BeginShutdown(node, life);
            }
            else
            {
                Close(node, life);
            }
        });
    }

    /// <summary>Flushes and closes the logs; then the process ends.</summary>
    internal void Close(SandboxNode node, NodeLife life)
    {
        life.Phase = BrokerPhase.ShuttingDown;
        TurnListeners(node);
        world.Connections.EndAllOf(node);
        var close = world.Entropy.Between(world.Timings.Close.Min, world.Timings.Close.Max);
        world.After(close, () => WhenAwake(node, life, () => End(node, isClean: true)));
    }

    private void CloseListeners(SandboxNode node)
    {
        if (node.IsBroker)
        {
            world.Outputs.Add(new Output.Turned(new(node.Id, ListenerKind.Broker), ListenerMode.Refusing));
        }

        if (node.IsController)
        {
            world.Outputs.Add(new Output.Turned(new(node.Id, ListenerKind.Controller), ListenerMode.Refusing));
        }
    }

    private void Freeze(SandboxNode node)
    {
        if (node.Life is not null && !node.IsFrozen)
        {
            world.Say($"node {node.Id} stands still");
            node.IsFrozen = true;
            world.Quorum.Lost(node, isClean: false);
            TurnListeners(node);
        }
    }

    private void Heal(SandboxNode node)
    {
        world.Say($"node {node.Id} is healed");
        (node.IsFrozen, node.IsCutOff, node.Slowness, node.AnswersToLose) = (false, false, TimeSpan.Zero, 0);
        if (node.Life is { } life)
        {
            TurnListeners(node);
            var held = life.Held.ToList();
            life.Held.Clear();
            held.ForEach(act => act());
            world.Quorum.Back(node);
            ApplySoon(node);
            world.Replication.Reached(node);
        }
    }
}
