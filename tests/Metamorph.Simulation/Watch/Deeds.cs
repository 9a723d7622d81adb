using Metamorph.Journal;
using Metamorph.Model;

namespace Metamorph.Simulation;

/// <summary>What Metamorph does, held against what it has promised: the plan, and the journal before the deed.</summary>
internal sealed class Deeds(Schedule schedule, Action<string> violate)
{
    private readonly HashSet<(NodeId Node, int Pid)> stopped = [];

    /// <summary>The run, once it is planned.</summary>
    public MemoryJournal? Journal { get; set; }

    /// <summary>The nodes in the order in which they were stopped, each process once.</summary>
    public List<NodeId> Stops { get; } = [];

    /// <summary>The processes that were started, by node.</summary>
    public SortedSet<(NodeId Node, int Pid)> Started { get; } = [];

    public void Stopping(NodeId node, int pid)
    {
        Expect(happened => happened is UpgradeEvent.NodeStopping stopping && stopping.Node == node && stopping.Pid == pid, $"node {node} is stopped");
        if (!stopped.Add((node, pid)))
        {
            return;
        }

        Stops.Add(node);
        var (times, planned) = (Stops.Count(other => other == node), Journal!.Plan.Restarts.Count(step => step.Node == node));
        if (times > planned)
        {
            violate($"node {node} is stopped {times} times, and the plan restarts it {planned} times");
        }
    }

    public void Starting(NodeId node, KafkaRelease release)
    {
        Expect(happened => happened is UpgradeEvent.NodeStarting starting && starting.Node == node, $"node {node} is started");
        if (!IsOutByUs(node))
        {
            violate($"node {node} died by itself, and is started as if this run had stopped it");
        }

        if (release != schedule.Target)
        {
            violate($"node {node} is started on {release}, and {schedule.Target} was asked for");
        }
    }

    public void Raising(IReadOnlyDictionary<string, short> levels)
    {
        foreach (var (feature, level) in levels)
        {
            Expect(
                happened => happened is UpgradeEvent.FeatureFinalizing raising && raising.Feature == feature && raising.To == level,
                $"{feature} is raised to {level}");
        }
    }

    public void Unregistering(NodeId broker) =>
        Expect(happened => happened is UpgradeEvent.GhostUnregistering ghost && ghost.Node == broker, $"broker {broker} is unregistered");

    /// <summary>It was stopped, or down before it was planned, and no restart of it has been brought to its end since.</summary>
    private bool IsOutByUs(NodeId node)
    {
        var isOut = Journal!.Plan.DownAtStart.Contains(node);
        foreach (var entry in Journal.Entries)
        {
            isOut = entry.Event switch
            {
                UpgradeEvent.NodeStopping e when e.Node == node => true,
                UpgradeEvent.StepSucceeded e when Restarts(e.Step, node) => false,
                UpgradeEvent.StepSkipped e when Restarts(e.Step, node) => false,
                _ => isOut,
            };
        }

        return isOut;
    }

    private bool Restarts(StepId step, NodeId node) =>
        Journal!.Plan.Restarts.Any(restart => restart.Id == step && restart.Node == node);

    /// <summary>The announcement is the last thing in the journal, but for what a node wrote meanwhile.</summary>
    private void Expect(Func<UpgradeEvent, bool> isAnnouncement, string deed)
    {
        var last = Journal!.Entries.Select(entry => entry.Event).LastOrDefault(happened => happened is not UpgradeEvent.NodeLogged);
        if (last is null || !isAnnouncement(last))
        {
            violate($"{deed}, and the journal does not say so first; its last event is {last?.GetType().Name}");
        }
    }
}
