using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Metamorph.Model;

/// <summary>Something that is certain. The journal is a list of these, and everything that people see is folded from it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RunStarted), "run-started")]
[JsonDerivedType(typeof(StepStarted), "step-started")]
[JsonDerivedType(typeof(StepWaiting), "step-waiting")]
[JsonDerivedType(typeof(StepSucceeded), "step-succeeded")]
[JsonDerivedType(typeof(StepHalted), "step-halted")]
[JsonDerivedType(typeof(StepInterrupted), "step-interrupted")]
[JsonDerivedType(typeof(StepSkipped), "step-skipped")]
[JsonDerivedType(typeof(ConfigBackedUp), "config-backed-up")]
[JsonDerivedType(typeof(NodeStopping), "node-stopping")]
[JsonDerivedType(typeof(NodeStopped), "node-stopped")]
[JsonDerivedType(typeof(NodeStarting), "node-starting")]
[JsonDerivedType(typeof(NodeStarted), "node-started")]
[JsonDerivedType(typeof(NodeServing), "node-serving")]
[JsonDerivedType(typeof(NodeCaughtUp), "node-caught-up")]
[JsonDerivedType(typeof(NodeLogged), "node-logged")]
[JsonDerivedType(typeof(LeadershipReturning), "leadership-returning")]
[JsonDerivedType(typeof(GhostUnregistering), "ghost-unregistering")]
[JsonDerivedType(typeof(FeatureFinalizing), "feature-finalizing")]
[JsonDerivedType(typeof(FeatureFinalized), "feature-finalized")]
[JsonDerivedType(typeof(RequestTaken), "request-taken")]
[JsonDerivedType(typeof(RequestRefused), "request-refused")]
[JsonDerivedType(typeof(LeftoverFound), "leftover-found")]
[JsonDerivedType(typeof(RunEnded), "run-ended")]
public abstract record UpgradeEvent
{
    private protected UpgradeEvent() { }

    /// <summary>An executor took the run: the first time, or again after it was stopped.</summary>
    public sealed record RunStarted(
        string Run, string Cluster, KafkaRelease From, KafkaRelease To, ImmutableArray<StepId> Steps, int Pid) : UpgradeEvent;

    /// <summary>Durable before the step's first side effect.</summary>
    public sealed record StepStarted(StepId Step) : UpgradeEvent;

    /// <summary>A gate is closed. Written when what it waits for changes, not at every look.</summary>
    /// <param name="Step">The step that waits.</param>
    /// <param name="Gate">Which gate: <c>may-stop</c>, <c>is-back</c>, <c>may-finalize</c>, <c>approval</c>.</param>
    /// <param name="Node">The node that it is about, if one.</param>
    /// <param name="Objections">All that keeps it closed; empty: it opened.</param>
    public sealed record StepWaiting(StepId Step, string Gate, NodeId? Node, ImmutableArray<Objection> Objections) : UpgradeEvent;

    public sealed record StepSucceeded(StepId Step) : UpgradeEvent;

    /// <summary>The step ended without its aim; the cluster is as <paramref name="Reason"/> says, and the run can go on later.</summary>
    public sealed record StepHalted(StepId Step, string Reason) : UpgradeEvent;

    /// <summary>Found at a start: the executor before was gone in the middle of the step.</summary>
    public sealed record StepInterrupted(StepId Step) : UpgradeEvent;

    /// <summary>There was nothing to do: the cluster already is as the step would make it, or the operator chose so.</summary>
    public sealed record StepSkipped(StepId Step, string Why) : UpgradeEvent;

    /// <param name="What">A node's <c>server.properties</c>, or the dynamic configs.</param>
    /// <param name="File">Below the run directory.</param>
    public sealed record ConfigBackedUp(string What, string File) : UpgradeEvent;

    /// <summary>Durable before SIGTERM is sent.</summary>
    public sealed record NodeStopping(StepId Step, NodeId Node, int Pid, KafkaRelease? Release) : UpgradeEvent;

    /// <summary>Its process is gone.</summary>
    public sealed record NodeStopped(StepId Step, NodeId Node) : UpgradeEvent;

    /// <summary>Durable before its home is switched to the release and its process started.</summary>
    /// <param name="ControllerRelease">The line that the active controller runs now, which decides what a registration tells; null: not known.</param>
    public sealed record NodeStarting(
        StepId Step, NodeId Node, KafkaRelease Release, ReleaseLine? ControllerRelease) : UpgradeEvent;

    public sealed record NodeStarted(StepId Step, NodeId Node, int Pid) : UpgradeEvent;

    /// <summary>It answers on every listener and its broker is unfenced.</summary>
    public sealed record NodeServing(StepId Step, NodeId Node) : UpgradeEvent;

    /// <summary>Every replica on it is in sync, and its voter is current.</summary>
    public sealed record NodeCaughtUp(StepId Step, NodeId Node) : UpgradeEvent;

    /// <summary>A line that a node wrote while it stopped or started.</summary>
    public sealed record NodeLogged(NodeId Node, string Line) : UpgradeEvent;

    /// <summary>Durable before the preferred election is asked for.</summary>
    public sealed record LeadershipReturning(StepId Step, NodeId Node, int Partitions) : UpgradeEvent;

    /// <summary>Durable before UnregisterBroker is sent.</summary>
    public sealed record GhostUnregistering(StepId Step, NodeId Node) : UpgradeEvent;

    /// <summary>Durable before UpdateFeatures is sent; a dry run has passed.</summary>
    public sealed record FeatureFinalizing(StepId Step, string Feature, short From, short To) : UpgradeEvent;

    /// <summary>Read back from the cluster.</summary>
    public sealed record FeatureFinalized(StepId Step, string Feature, short From, short To) : UpgradeEvent;

    /// <summary>A request of the operator was taken from the run directory.</summary>
    public sealed record RequestTaken(OperatorRequest Request, string By) : UpgradeEvent;

    /// <summary>A file in <c>requests/</c> was no request; it was moved aside.</summary>
    /// <param name="File">Its name.</param>
    /// <param name="Why">What was wrong with it.</param>
    public sealed record RequestRefused(string File, string Why) : UpgradeEvent;

    /// <summary>Something of ours is still there at the end.</summary>
    public sealed record LeftoverFound(string What) : UpgradeEvent;

    /// <summary>The executor lets the run go, for good or until it is started again.</summary>
    public sealed record RunEnded(RunEnding Ending, string Text) : UpgradeEvent;
}

/// <summary>What an operator can ask of a run from another terminal.</summary>
public enum OperatorRequest
{
    /// <summary>Finish the step in hand, then wait.</summary>
    Pause,

    /// <summary>Go on after a pause.</summary>
    Resume,

    /// <summary>Finish the step in hand, then end the run for good.</summary>
    Abort,

    /// <summary>Allow the finalisation.</summary>
    Approve,
}

/// <summary>How an executor let a run go.</summary>
public enum RunEnding
{
    /// <summary>Every step is done.</summary>
    Done,

    /// <summary>A gate did not open in the time given.</summary>
    Blocked,

    /// <summary>Kafka, or a finding, forbids to go on.</summary>
    Refused,

    /// <summary>The operator interrupted or paused it.</summary>
    Stopped,

    /// <summary>The operator gave it up.</summary>
    Aborted,

    /// <summary>All is done but the finalisation, which waits for approval.</summary>
    AwaitingApproval,

    /// <summary>A fault of ours.</summary>
    Failed,

    /// <summary>The cluster or a node cannot be reached.</summary>
    Unreachable,
}

/// <summary>One line of the journal.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
public sealed record JournalEntry(long Sequence, DateTimeOffset At, UpgradeEvent Event);
