using Metamorph.Model;
using Metamorph.Nodes;
using Metamorph.Observation;
using Metamorph.Releases;
using Metamorph.Safety;

namespace Metamorph.Execution;

/// <summary>Restarts one node: controlled shutdown, start on the step's release, and back to where it was.</summary>
/// <remarks>
/// Each part looks at what is there first, so a run that was killed at any instant goes on where the node stands: down,
/// starting, catching up, or without its leaderships.
/// </remarks>
internal sealed class RestartNodeHandler(UpgradeRun run) : StepHandler<Step.RestartNode>
{
    /// <summary>As long as a voter may go unheard by default (<c>controller.quorum.fetch.timeout.ms</c>).</summary>
    private static readonly TimeSpan SwiftLook = TimeSpan.FromSeconds(2);

    private readonly NodeComeback comeback = new(run);

    protected override Precheck Check(Step.RestartNode step, StepView view)
    {
        if (!view.Now.Nodes.TryGetValue(step.Node, out var node))
        {
            return new Precheck.Refused($"node {step.Node} is not in the cluster file any more");
        }

        if (!node.Process.IsKnown)
        {
            return Wait(step, new Objection.NotKnown($"the process of node {step.Node}", node.Process.Why!));
        }

        // A node that is down by this run gains nothing from waiting; one that died by itself is its operator's to look at.
        if (node.Process.Value is not { } process)
        {
            return IsDownByUs(step) ? new Precheck.Ready() : Died(step, view.Now);
        }

        if (!process.Release.IsKnown)
        {
            return Wait(step, new Objection.NotKnown($"the release of node {step.Node}", process.Release.Why!));
        }

        if (IsRestarted(step, process.Release.Value, view.State))
        {
            return NodeComeback.IsComplete(view.Now, step) ? new Precheck.AlreadyDone($"node {step.Node} is back on {step.To}") : new Precheck.Ready();
        }

        if (process.Release.Value != step.From)
        {
            return new Precheck.Refused($"node {step.Node} runs {process.Release.Value}; the plan expects {step.From}");
        }

        var verdict = StopGates.Judge(new StopQuestion(view.Now, step.Node)
        {
            Before = view.Before,
            AcceptedUnavailable = run.Plan.AcceptedUnavailable,
            LagLimits = run.Plan.LagLimits,
        });
        return verdict.IsOpen ? new Precheck.Ready() : new Precheck.MustWait(GateNames.MayStop, step.Node, verdict);
    }

    protected override async Task<StepOutcome> RunAsync(Step.RestartNode step, ClusterSnapshot seen, CancellationToken cancellationToken)
    {
        var driver = run.DriverOf(step.Node);
        var observed = await driver.ObserveAsync(cancellationToken);
        if (observed.Process is null && !IsDownByUs(step))
        {
            return new StepOutcome.Postponed($"node {step.Node} ended by itself after it was judged");
        }

        var log = new NodeLog(run, driver);
        await log.SkipToEndAsync(cancellationToken);
        var epochBefore = Observed<long>.Unknown("the node was not stopped by this executor");
        if (observed.Process is { } process && !(process.Release.IsKnown && IsRestarted(step, process.Release.Value, run.State)))
        {
            if (await BeforeStopAsync(step, seen, driver, cancellationToken) is { } notNow)
            {
                return notNow;
            }

            if (await StopAsync(step, driver, process, log, cancellationToken) is { } notStopped)
            {
                return notStopped;
            }

            epochBefore = observed.RegistrationEpoch;
            observed = observed with { Process = null };
        }

        if (observed.Process is null && await StartAsync(step, driver, cancellationToken) is { } notStarted)
        {
            return notStarted;
        }

        return await comeback.WaitAsync(step, log, epochBefore, cancellationToken);
    }

    /// <summary>
    /// The last moment before SIGTERM: could the target be started here, does another look say the same as the first, and
    /// is the process still the one that was judged?
    /// </summary>
    /// <remarks>
    /// Each broker answers from its own, possibly stale, metadata, and each snapshot asks others. A look takes seconds where a
    /// broker does not answer at once, and the process may die and be started again meanwhile.
    /// </remarks>
    private async Task<StepOutcome?> BeforeStopAsync(
        Step.RestartNode step, ClusterSnapshot seen, INodeDriver driver, CancellationToken cancellationToken)
    {
        var faults = await driver.CheckReleaseAsync(step.To, JavaRules.MinimumFor(step.To.Line).Or(0), cancellationToken);
        if (faults.FirstOrDefault(fault => fault.Severity == FindingSeverity.Refusal) is { } fault)
        {
            return new StepOutcome.Refused(
                $"node {step.Node} was not stopped, {step.To} could not be started on it: {fault.Subject}: {fault.Found}, expected {fault.Expected}");
        }

        var again = await LookAgainAsync(cancellationToken);
        var verdict = StopGates.Judge(new StopQuestion(again, step.Node) { AcceptedUnavailable = run.Plan.AcceptedUnavailable });
        run.AppendWait(step.Id, GateNames.MayStop, step.Node, verdict.Objections);
        if (!verdict.IsOpen)
        {
            return new StepOutcome.Postponed($"a second look keeps node {step.Node} from being stopped");
        }

        var observed = await driver.ObserveAsync(cancellationToken);
        return IsAsJudged(observed, seen.Nodes[step.Node])
            ? null
            : new StepOutcome.Postponed($"node {step.Node} is not as it was when it was judged: {ProcessOf(observed)}");
    }

    /// <summary>A look that is swift, or that takes no longer than looks at this cluster do now.</summary>
    /// <remarks>
    /// Where one is not, a broker stood still in the middle of it, and what it held back may be over: it is followed by another.
    /// </remarks>
    private async Task<ClusterSnapshot> LookAgainAsync(CancellationToken cancellationToken)
    {
        ClusterSnapshot? before = null;
        while (true)
        {
            var now = await run.ObserveAsync(SnapshotScope.Safety, cancellationToken);
            if (now.Took <= SwiftLook || now.Took <= 2 * before?.Took)
            {
                return now;
            }

            before = now;
        }
    }

    private async Task<StepOutcome?> StopAsync(
        Step.RestartNode step, INodeDriver driver, NodeProcess process, NodeLog log, CancellationToken cancellationToken)
    {
        KafkaRelease? release = process.Release.IsKnown ? process.Release.Value : null;
        run.Append(new UpgradeEvent.NodeStopping(step.Id, step.Node, process.Pid, release));
        var outcome = await log.WhileAsync(token => driver.StopAsync(process.Pid, run.Options.StopPatience, token), cancellationToken);
        if (outcome == StopOutcome.StillStopping)
        {
            return new StepOutcome.Blocked(
                $"node {step.Node} (pid {process.Pid}) was asked to stop {run.Options.StopPatience.TotalSeconds:0} s ago and is still in controlled shutdown; it was not killed");
        }

        run.Append(new UpgradeEvent.NodeStopped(step.Id, step.Node));
        return null;
    }

    private async Task<StepOutcome?> StartAsync(Step.RestartNode step, INodeDriver driver, CancellationToken cancellationToken)
    {
        var controllerLine = await ActiveControllerLineAsync(step.Node, cancellationToken);
        run.Append(new UpgradeEvent.NodeStarting(step.Id, step.Node, step.To, controllerLine));
        try
        {
            var pid = await driver.StartAsync(step.To, cancellationToken);
            run.Append(new UpgradeEvent.NodeStarted(step.Id, step.Node, pid));
            return null;
        }
        catch (NodeStartException e)
        {
            return new StepOutcome.Blocked($"{step.To} did not start on node {step.Node}: {e.Message}");
        }
    }

    /// <summary>This run stopped it, or found it down when it was planned, and no restart has seen it back since.</summary>
    private bool IsDownByUs(Step.RestartNode step) =>
        run.State.OutByUs.ContainsKey(step.Node)
        || (run.Plan.DownAtStart.Contains(step.Node)
            && !run.Plan.Restarts.Any(other => other.Node == step.Node && run.State.StatusOf(other.Id) is StepStatus.Done));

    private static Precheck.MustWait Died(Step.RestartNode step, ClusterSnapshot now) => new(
        GateNames.MayStop,
        step.Node,
        GateVerdict.Of([new Objection.NodeDown(step.Node)]).And(IsBackGate.JudgeCaughtUp(now, step.Node)));

    /// <summary>The one process that the gates looked at, on the release that they saw: nothing else is ever stopped.</summary>
    private static bool IsAsJudged(NodeObservation observed, Node judged) =>
        observed is { OtherPids.Count: 0, Process: { Release.IsKnown: true } process }
        && judged.Process.Or(null) is { } before
        && before.Pid == process.Pid
        && before.Release.IsKnown
        && before.Release.Value == process.Release.Value;

    private static string ProcessOf(NodeObservation observed) =>
        observed.Process is { } process ? $"process {process.Pid} runs {process.Release}" : "no process runs";

    /// <summary>Already restarted by this run: on the target, or, to register again, started under a controller that takes all features.</summary>
    private static bool IsRestarted(Step.RestartNode step, KafkaRelease running, RunState state) =>
        running == step.To
        && (step.Reason == RestartReason.Upgrade
            || (state.RegisteredWith.TryGetValue(step.Node, out var controller)
                && controller is { } line
                && !RegistrationRules.RegistersWithoutZeroMinimumFeatures(line)));

    private async Task<ReleaseLine?> ActiveControllerLineAsync(NodeId stopped, CancellationToken cancellationToken)
    {
        try
        {
            var now = await run.ObserveAsync(SnapshotScope.Nodes, cancellationToken);
            return now.Quorum is { IsKnown: true, Value.Leader: { } leader }
                && now.Nodes.TryGetValue(leader, out var node)
                && node.Running.IsKnown
                ? node.Running.Value.Line
                : OldestControllerLine(now, stopped);
        }
        catch (Exception e) when (Unreachable.Is(e))
        {
            return null; // Said as "not known" in the event; a cluster of one node has nobody else to ask.
        }
    }

    /// <summary>The active controller itself was stopped: the next one is among those that run, and the oldest is what can be promised.</summary>
    private static ReleaseLine? OldestControllerLine(ClusterSnapshot now, NodeId stopped)
    {
        var others = now.Controllers.Where(node => node.Id != stopped).Select(node => node.Running).ToList();
        return others.Count > 0 && others.All(running => running.IsKnown) ? others.Min(running => running.Value.Line) : null;
    }

    private static Precheck.MustWait Wait(Step.RestartNode step, Objection objection) =>
        new(GateNames.MayStop, step.Node, GateVerdict.Of([objection]));
}
