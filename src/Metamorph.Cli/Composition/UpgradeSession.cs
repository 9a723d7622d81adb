using System.Collections.Immutable;
using Metamorph.Execution;
using Metamorph.Journal;
using Metamorph.Model;
using Metamorph.Reporting;

namespace Metamorph.Cli;

/// <summary>One <c>upgrade</c> from its first look to its report.</summary>
internal sealed class UpgradeSession(ClusterSession session, Terminal terminal)
{
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(UpgradeOrder order, CancellationToken cancellationToken)
    {
        var target = Wishes.TargetOf(order.Words.To);
        var onMachines = session.CheckFiles();
        if (Runs.Unfinished(order.RunsDirectory, session.File.Name, clusterId: null) is { } unfinished)
        {
            return await GoOnAsync(unfinished, target, order);
        }

        var prepared = await session.Preparation.PrepareAsync(Wishes.Of(session, onMachines, order.Words), cancellationToken);
        terminal.Say(PlanText.Of(prepared.Findings));
        if (prepared.Plan is not { } plan)
        {
            return ExitCode.Of(prepared);
        }

        terminal.Say(PlanText.Of(plan));
        if (prepared.IsDone)
        {
            return ExitCode.Done;
        }

        RequireSame(order.Approved, plan);
        if (!order.IsYes && !IsConfirmed(plan))
        {
            return ExitCode.Stopped;
        }

        using var run = RunDirectory.Create(order.RunsDirectory, plan, TimeProvider.System);
        return await ExecuteAsync(run, order);
    }

    /// <summary>An unfinished run is gone on with, never run beside.</summary>
    private async Task<int> GoOnAsync(RunView unfinished, KafkaRelease target, UpgradeOrder order)
    {
        if (unfinished.Plan.To != target)
        {
            throw new CommandException(
                ExitCode.Refused,
                $"{unfinished.Run} to {unfinished.Plan.To} is unfinished; --to {target} would be a second one. Go on with --to {unfinished.Plan.To}, or abort it first");
        }

        using var run = RunDirectory.Open(unfinished.Path, TimeProvider.System);
        terminal.Say($"{unfinished.Run}: going on, {unfinished.State.StepsDone} of {unfinished.Plan.Steps.Length} steps are done");
        var policy = Wishes.PolicyOf(order.Words.Finalize);
        if (policy.Mode == FinalizeMode.Now && !unfinished.State.IsApproved)
        {
            RunRequests.Post(unfinished.Path, OperatorRequest.Approve, RunRequests.Me, TimeProvider.System);
        }
        else if (policy != unfinished.Plan.Finalize || order.Words.AcceptUnavailable.Except(unfinished.Plan.AcceptedUnavailable).Any())
        {
            terminal.Say("its plan stays as it was approved: --finalize and --accept-unavailable of this command are not taken over; abort the run for another plan");
        }


        return await ExecuteAsync(run, order);
    }

    private async Task<int> ExecuteAsync(RunDirectory run, UpgradeOrder order)
    {
        IRunScreen screen = terminal.IsInteractive
            ? new LiveScreen(run.Plan, request => RunRequests.Post(run.Path, request, RunRequests.Me, TimeProvider.System))
            : new PlainScreen(run.Plan, terminal, run.Entries.Count);
        using var signals = new StopSignals(time => Terminal.Warn(time == 1
            ? "finishing the step in hand, then stopping; once more to stop waiting at once"
            : "stopping now; what nodes were asked to do goes on"));
        var executor = new UpgradeExecutor(
            new TappedJournal(run, screen.Hear),
            session.Observer,
            session.Control,
            session.Drivers,
            new ExecutionOptions { Patience = order.Patience },
            TimeProvider.System);
        var running = executor.RunAsync(Environment.ProcessId, signals.Halt, signals.Cancel);
        try
        {
            await screen.ShowAsync(running);
        }
        catch (IOException)
        {
            // The terminal is gone; the run is not, and it is awaited all the same.
        }

        return Tell(run, await running);
    }

    private int Tell(RunDirectory run, UpgradeEvent.RunEnded ending)
    {
        var story = RunStory.Of(run.Plan, run.Entries, TimeProvider.System.GetUtcNow());
        var verdict = Wording.Verdict(story.State, run.Plan);
        terminal.Say($"{verdict.Happened}. {verdict.Stands} {verdict.Next}");
        try
        {
            ReportFiles.Write(run.Path, story);
            terminal.Say($"report: {Path.Combine(run.Path, "report.html")}");
        }
        catch (CommandException e)
        {
            // How the run ended matters more; the report can be made again from the journal.
            Terminal.Warn($"metamorph: {e.Message}");
        }

        return ExitCode.Of(ending.Ending);
    }

    private bool IsConfirmed(UpgradePlan plan) => terminal.IsInteractive
        ? Terminal.Confirm($"Upgrade {plan.Cluster} from {plan.From} to {plan.To}?")
        : throw new CommandException(ExitCode.BadInput, "upgrade: there is no terminal to ask at, expected --yes");

    private static void RequireSame(UpgradePlan? approved, UpgradePlan now)
    {
        if (approved is null)
        {
            return;
        }

        if (approved.ClusterId != now.ClusterId)
        {
            throw new CommandException(ExitCode.Refused, $"the plan is for the cluster {approved.ClusterId}; this one is {now.ClusterId}");
        }

        var difference = Steps(approved).Except(Steps(now)).Concat(Steps(now).Except(Steps(approved))).ToList();
        if (difference.Count > 0)
        {
            throw new CommandException(
                ExitCode.Refused, $"the cluster has changed since the plan was made: {string.Join("; ", difference)}. Make a new plan");
        }
    }

    private static ImmutableArray<string> Steps(UpgradePlan plan) => [.. plan.Steps.Select(Wording.Of)];
}
