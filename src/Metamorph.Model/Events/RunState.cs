using System.Collections.Immutable;

namespace Metamorph.Model;

/// <summary>Where a run stands: a pure fold over its journal. Any prefix of the journal gives the state that the executor had then.</summary>
public sealed record RunState
{
    public static RunState Empty { get; } = new();

    public string Run { get; init; } = "";

    public string Cluster { get; init; } = "";

    public KafkaRelease From { get; init; }

    public KafkaRelease To { get; init; }

    public RunPhase Phase { get; init; } = RunPhase.Planned;

    /// <summary>The steps in the order of the plan.</summary>
    public ImmutableArray<StepId> StepOrder { get; init; } = [];

    public ImmutableDictionary<StepId, StepStatus> Steps { get; init; } = ImmutableDictionary<StepId, StepStatus>.Empty;

    /// <summary>The closed gate that the run waits for; null when it does not wait.</summary>
    public RunWait? Wait { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Null while an executor has it.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How the last executor let it go; null while one has it.</summary>
    public UpgradeEvent.RunEnded? Ending { get; init; }

    public bool IsPauseAsked { get; init; }

    public bool IsAbortAsked { get; init; }

    public bool IsApproved { get; init; }

    /// <summary>When the last node was finished: a soak counts from here.</summary>
    public DateTimeOffset? LastNodeDoneAt { get; init; }

    public ImmutableSortedDictionary<NodeId, NodeTimes> Nodes { get; init; } = ImmutableSortedDictionary<NodeId, NodeTimes>.Empty;

    /// <summary>
    /// The nodes that this run has stopped or started and not seen back yet, each with the step that did: one that is down
    /// is down by this run.
    /// </summary>
    public ImmutableSortedDictionary<NodeId, StepId> OutByUs { get; init; } = ImmutableSortedDictionary<NodeId, StepId>.Empty;

    /// <summary>The line of the active controller when each node was last started by this run.</summary>
    public ImmutableSortedDictionary<NodeId, ReleaseLine?> RegisteredWith { get; init; } =
        ImmutableSortedDictionary<NodeId, ReleaseLine?>.Empty;

    public ImmutableArray<UpgradeEvent.FeatureFinalized> Finalized { get; init; } = [];

    /// <summary>Asked of Kafka and not read back yet: it may have happened. Null when nothing is open.</summary>
    public UpgradeEvent.FeatureFinalizing? Finalizing { get; init; }

    public ImmutableArray<string> Leftovers { get; init; } = [];

    /// <summary>Since when time counts towards the node that comes next.</summary>
    private DateTimeOffset Mark { get; init; }

    /// <summary>The last moment that a stop, start or catch-up of the node in hand began.</summary>
    private DateTimeOffset Lap { get; init; }

    /// <summary>The node that the present executor restarts, and in which step.</summary>
    private (StepId Step, NodeId Node)? InHand { get; init; }

    public int StepsDone => Steps.Values.Count(status => status is StepStatus.Done);

    public StepStatus StatusOf(StepId step) => Steps.GetValueOrDefault(step, StepStatus.Pending.Instance);

    /// <summary>The step that runs, if one does.</summary>
    public StepId? Current => StepOrder.Where(step => StatusOf(step) is StepStatus.Running).Cast<StepId?>().FirstOrDefault();

    /// <exception cref="IllegalTransitionException">The event cannot follow.</exception>
    public static RunState Of(IEnumerable<JournalEntry> journal) => journal.Aggregate(Empty, (state, entry) => state.After(entry));

    /// <exception cref="IllegalTransitionException">The event cannot follow.</exception>
    public RunState After(JournalEntry entry) => entry.Event switch
    {
        UpgradeEvent.RunStarted e => Taken(e, entry.At),
        UpgradeEvent.StepWaiting e => Waiting(e, entry.At),
        UpgradeEvent.StepStarted e => WithStep(e.Step, e, entry.At) with { Wait = null, Phase = RunPhase.Running },
        UpgradeEvent.StepSucceeded e => Finished(e.Step, e, entry.At),
        UpgradeEvent.StepHalted e => WithStep(e.Step, e, entry.At),
        UpgradeEvent.StepInterrupted e => WithStep(e.Step, e, entry.At),
        UpgradeEvent.StepSkipped e => (WithStep(e.Step, e, entry.At) with { Wait = null, Mark = entry.At }).BetweenSteps().WithRaised(e),
        UpgradeEvent.NodeStopping e => Stopping(e, entry.At),
        UpgradeEvent.NodeStopped e => Timed(e.Node, entry.At, (times, lap) => times with { Stop = times.Stop + lap }),
        UpgradeEvent.NodeStarting e => Starting(e, entry.At),
        UpgradeEvent.NodeServing e => Timed(e.Node, entry.At, (times, lap) => times with { Start = times.Start + lap }),
        UpgradeEvent.NodeCaughtUp e => Timed(e.Node, entry.At, (times, lap) => times with { CatchUp = times.CatchUp + lap }),
        UpgradeEvent.FeatureFinalizing e => this with { Finalizing = e },
        UpgradeEvent.FeatureFinalized e => this with { Finalizing = null, Finalized = Finalized.Add(e) },
        UpgradeEvent.LeftoverFound e => this with { Leftovers = Leftovers.Add(e.What) },
        UpgradeEvent.RequestTaken e => Asked(e.Request, entry.At),
        UpgradeEvent.RunEnded e => this with { Phase = PhaseOf(e.Ending), Ending = e, EndedAt = entry.At },
        _ => this,
    };

    /// <summary>Asked of Kafka before a crash, found raised after it: it was this run that raised it.</summary>
    private RunState WithRaised(UpgradeEvent.StepSkipped e) => Finalizing is { } asked && asked.Step == e.Step
        ? this with { Finalizing = null, Finalized = Finalized.Add(new(asked.Step, asked.Feature, asked.From, asked.To)) }
        : this;

    private RunState Taken(UpgradeEvent.RunStarted e, DateTimeOffset at) => this with
    {
        Run = e.Run,
        Cluster = e.Cluster,
        From = e.From,
        To = e.To,
        StepOrder = e.Steps,
        Phase = RunPhase.Running,
        StartedAt = StartedAt ?? at,
        EndedAt = null,
        Ending = null,
        Wait = null,
        IsPauseAsked = false,
        Leftovers = [],
        Mark = at,
        Lap = at,
        InHand = null,
    };

    private RunState Waiting(UpgradeEvent.StepWaiting e, DateTimeOffset at)
    {
        if (e.Objections.IsEmpty)
        {
            return (this with { Wait = null }).BetweenSteps();
        }

        var since = Wait is { } wait && wait.Step == e.Step && wait.Gate == e.Gate ? wait.Since : at;
        return this with { Wait = new RunWait(e.Step, e.Gate, e.Node, e.Objections, since), Phase = PhaseOf(e.Gate) };
    }

    private RunState Stopping(UpgradeEvent.NodeStopping e, DateTimeOffset at)
    {
        var times = TimesOf(e.Node);
        return this with
        {
            Lap = at,
            Mark = at,
            InHand = (e.Step, e.Node),
            OutByUs = OutByUs.SetItem(e.Node, e.Step),
            Nodes = Nodes.SetItem(e.Node, times with { From = times.From ?? e.Release, Wait = times.Wait + (at - Mark) }),
        };
    }

    private RunState Starting(UpgradeEvent.NodeStarting e, DateTimeOffset at)
    {
        var times = TimesOf(e.Node);

        // Taken over while the node was down: its start counts from here, not from the stop that nobody timed.
        var isTakenOver = InHand?.Step != e.Step;
        return this with
        {
            Lap = isTakenOver ? at : Lap,
            Mark = isTakenOver ? at : Mark,
            InHand = (e.Step, e.Node),
            OutByUs = OutByUs.SetItem(e.Node, e.Step),
            Nodes = Nodes.SetItem(e.Node, times with
            {
                To = e.Release,
                Restarts = times.Restarts + 1,
                Wait = isTakenOver ? times.Wait + (at - Mark) : times.Wait,
            }),
            RegisteredWith = RegisteredWith.SetItem(e.Node, e.ControllerRelease),
        };
    }

    private RunState Timed(NodeId node, DateTimeOffset at, Func<NodeTimes, TimeSpan, NodeTimes> spend) => this with
    {
        Lap = at,
        Mark = at,
        Nodes = Nodes.SetItem(node, spend(TimesOf(node), at - Lap)),
    };

    private RunState Finished(StepId step, UpgradeEvent e, DateTimeOffset at)
    {
        var state = (WithStep(step, e, at) with { Wait = null, Mark = at }).BetweenSteps();
        if (InHand is not { } inHand || inHand.Step != step)
        {
            return state;
        }

        var times = TimesOf(inHand.Node);
        return state with
        {
            InHand = null,
            LastNodeDoneAt = at,
            Nodes = Nodes.SetItem(inHand.Node, times with { Wait = times.Wait + (at - Mark) }),
        };
    }

    private RunState Asked(OperatorRequest request, DateTimeOffset at) => request switch
    {
        OperatorRequest.Pause => this with { IsPauseAsked = true, Phase = Current is null ? RunPhase.Paused : Phase },
        OperatorRequest.Resume => (this with { IsPauseAsked = false, Mark = IdleMark(at) }).BetweenSteps(),
        OperatorRequest.Abort => this with { IsAbortAsked = true },
        OperatorRequest.Approve => this with { IsApproved = true, Mark = IdleMark(at) },
        _ => throw new InvalidOperationException($"no such request: {request}"),
    };

    // The time that an operator took is nobody's wait; but a node in hand goes on meanwhile, and its time counts.
    private DateTimeOffset IdleMark(DateTimeOffset at) => InHand is null ? at : Mark;

    // A pause takes hold when the step in hand is over; until then the run goes on.
    private RunState BetweenSteps() => this with
    {
        Phase = IsPauseAsked && Current is null ? RunPhase.Paused : Wait is null ? RunPhase.Running : PhaseOf(Wait.Gate),
    };

    private static RunPhase PhaseOf(string gate) => gate == GateNames.Approval ? RunPhase.AwaitingApproval : RunPhase.Waiting;

    private RunState WithStep(StepId step, UpgradeEvent e, DateTimeOffset at) =>
        this with
        {
            Steps = Steps.SetItem(step, StatusOf(step).After(e, at)),
            OutByUs = e is UpgradeEvent.StepSucceeded or UpgradeEvent.StepSkipped
                ? OutByUs.RemoveRange(OutByUs.Where(pair => pair.Value == step).Select(pair => pair.Key))
                : OutByUs,
        };

    private NodeTimes TimesOf(NodeId node) => Nodes.GetValueOrDefault(node) ?? new NodeTimes { Node = node };

    private static RunPhase PhaseOf(RunEnding ending) => ending switch
    {
        RunEnding.Done => RunPhase.Done,
        RunEnding.Blocked or RunEnding.Refused or RunEnding.Unreachable => RunPhase.Blocked,
        RunEnding.Stopped => RunPhase.Paused,
        RunEnding.Aborted => RunPhase.Aborted,
        RunEnding.AwaitingApproval => RunPhase.AwaitingApproval,
        RunEnding.Failed => RunPhase.Failed,
        _ => throw new InvalidOperationException($"no such ending: {ending}"),
    };
}

/// <summary>The <c>state</c> of the status document.</summary>
public enum RunPhase
{
    Planned,
    Running,
    Waiting,
    Paused,
    AwaitingApproval,
    Done,
    Blocked,
    Failed,
    Aborted,
}

/// <summary>A closed gate, and since when the run waits for it.</summary>
public sealed record RunWait(StepId Step, string Gate, NodeId? Node, ImmutableArray<Objection> Objections, DateTimeOffset Since);

/// <summary>The names of the gates, as they stand in the journal and in the status document.</summary>
public static class GateNames
{
    /// <summary>May this node stop now?</summary>
    public const string MayStop = "may-stop";

    /// <summary>Is this node back?</summary>
    public const string IsBack = "is-back";

    /// <summary>May this feature be raised now?</summary>
    public const string MayFinalize = "may-finalize";

    /// <summary>Has the operator approved the finalisation, and is the soak over?</summary>
    public const string Approval = "approval";

    /// <summary>Can everything that has to be known be read?</summary>
    public const string Observe = "observe";
}
