using Metamorph.Model;
using Metamorph.Sandbox;

namespace Metamorph.Simulation;

/// <summary>Lets a schedule's faults happen to a cluster, and mends what they have done.</summary>
internal sealed class FaultScript(ICoreHost host, VirtualTime time, Action<string> tell)
{
    private readonly List<Fault> waiting = [];
    private readonly HashSet<string> raised = [];
    private readonly Dictionary<int, DateTimeOffset> healed = [];
    private int open;

    /// <summary>When a fault last began or was mended.</summary>
    public DateTimeOffset LastChange { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Nothing is broken now, and nothing is to break at an instant any more.</summary>
    public bool IsOver => open == 0;

    /// <summary>Something was broken already.</summary>
    public bool HasBegun => LastChange > DateTimeOffset.MinValue;

    /// <summary>Nodes that stood still or were cut off, and were reached again since then, whatever has become of them.</summary>
    public IEnumerable<int> HealedSince(DateTimeOffset then) => healed.Where(pair => pair.Value >= then).Select(pair => pair.Key);

    /// <summary>Metamorph has stopped the node and is about to start it: no operator would come between.</summary>
    public Func<int, bool> IsInOurHands { get; set; } = static _ => false;

    /// <summary>Is told when somebody else has changed what is theirs.</summary>
    public Action Changed { get; set; } = static () => { };

    public void Begin(IEnumerable<Fault> faults)
    {
        foreach (var fault in faults)
        {
            if (fault.BehindWrite is not null)
            {
                waiting.Add(fault);
                continue;
            }

            open++;
            time.In(fault.At, () => Happen(fault));
        }
    }

    /// <summary>Metamorph has written to its journal, for the <paramref name="write"/>th time.</summary>
    public void Written(int write)
    {
        foreach (var fault in waiting.Where(fault => fault.BehindWrite == write))
        {
            open++;
            Happen(fault);
        }
    }

    private void Happen(Fault fault)
    {
        tell($"fault: {fault.Words}");
        LastChange = time.Now;
        switch (fault)
        {
            case Fault.Crash crash:
                Crash(crash.Node, crash.Lasts);
                break;
            case Fault.Hang hang:
                Order(hang.Node, new NodeOrder.Freeze());
                HealIn(hang.Lasts, hang.Node);
                break;
            case Fault.SlowAnswers slow:
                Order(slow.Node, new NodeOrder.Slow(slow.Delay));
                HealIn(slow.Lasts, slow.Node);
                break;
            case Fault.CutOff cut:
                Order(cut.Node, new NodeOrder.Partition());
                HealIn(cut.Lasts, cut.Node);
                break;
            case Fault.IsrFlap flap:
                Flap(flap, flap.Times);
                break;
            case Fault.LostAnswers lost:
                Order(lost.Node, new NodeOrder.LoseAnswers(lost.Count));
                Mended();
                break;
            case Fault.ControllerChange:
                Do("the active controller gives its office up", world => world.Quorum.Abdicate());
                Mended();
                break;
            case Fault.ForeignReassignment move:
                Move(move);
                break;
            case Fault.TopicDeleted deleted:
                Do($"somebody else deletes {deleted.Topic}", world => Theirs(() => Foreign.Delete(world, deleted.Topic)));
                Mended();
                break;
            case Fault.TopicCreated created:
                Do($"somebody else makes {created.Topic}", world => Theirs(() => Foreign.Create(world, created.Topic)));
                Mended();
                break;
            case Fault.MinIsrRaised raise:
                RaiseMinIsr(raise.Topic, raise.Lasts);
                break;
            case Fault.FullDisk full:
                FillDisk(full);
                break;
            default:
                throw new InvalidOperationException($"no such fault: {fault}");
        }
    }

    private void Crash(int node, TimeSpan lasts)
    {
        Order(node, new NodeOrder.Kill());
        time.In(lasts, () => Revive(node));
    }

    /// <summary>An operator starts what is down, on the release that its home points to.</summary>
    private void Revive(int node)
    {
        if (IsInOurHands(node))
        {
            Mended();
            return;
        }

        tell($"the operator starts node {node} again");
        Order(node, new NodeOrder.Start());
        Mended();
    }

    private void Flap(Fault.IsrFlap flap, int left)
    {
        Order(flap.Node, new NodeOrder.Freeze());
        time.In(flap.Lasts, () =>
        {
            Heal(flap.Node);
            if (left > 1)
            {
                time.In(flap.Lasts, () => Flap(flap, left - 1));
            }
            else
            {
                Mended();
            }
        });
    }

    private void Move(Fault.ForeignReassignment move)
    {
        Do($"somebody else reassigns {move.Topic}-{move.Partition}", world => Theirs(() =>
        {
            Foreign.SetThrottle(world, move.Topic, rate: 1);
            Foreign.Move(world, move);
        }));
        time.In(move.Lasts, () =>
        {
            Do($"somebody else lifts the throttle of {move.Topic}", world => Theirs(() => Foreign.SetThrottle(world, move.Topic, rate: null)));
            Mended();
        });
    }

    /// <summary>Whoever raises it knows what it was before: nobody raises what somebody has raised already.</summary>
    private void RaiseMinIsr(string topic, TimeSpan lasts)
    {
        if (!raised.Add(topic))
        {
            Mended();
            return;
        }

        string? before = null;
        Do($"somebody else raises min.insync.replicas of {topic}", world => Theirs(() => before = Foreign.RaiseMinIsr(world, topic)));
        time.In(lasts, () =>
        {
            Do($"somebody else lowers min.insync.replicas of {topic}", world => Theirs(() => Foreign.SetMinIsr(world, topic, before)));
            raised.Remove(topic);
            Mended();
        });
    }

    private void FillDisk(Fault.FullDisk full)
    {
        Order(full.Node, new NodeOrder.LeaveRoom(0, 0));
        time.In(full.Lasts, () =>
        {
            Order(full.Node, new NodeOrder.LeaveRoom(0, 1L << 38));
            Revive(full.Node);
        });
    }

    private void HealIn(TimeSpan delay, int node) => time.In(delay, () =>
    {
        Heal(node);
        Mended();
    });

    private void Heal(int node)
    {
        healed[node] = LastChange = time.Now;
        Order(node, new NodeOrder.Heal());
    }

    private void Mended()
    {
        open--;
        LastChange = time.Now;
    }

    private void Order(int node, NodeOrder order) => host.Submit(new Input.Ordered(new NodeId(node), order));

    private void Theirs(Action act)
    {
        act();
        Changed();
    }

    private void Do(string what, Action<World> act) => host.Submit(new Input.Done(what, act));
}
