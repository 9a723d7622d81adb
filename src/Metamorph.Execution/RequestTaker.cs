using Metamorph.Model;

namespace Metamorph.Execution;

/// <summary>Takes the operator's requests from the run directory, between steps, and holds the run while it is paused.</summary>
internal sealed class RequestTaker(UpgradeRun run)
{
    /// <summary>How many were taken: somebody was there, perhaps for a long pause, and the waiting for gates starts anew.</summary>
    public int Taken { get; private set; }

    /// <returns>How the run ends, when that is what was asked; null: it goes on.</returns>
    public async Task<UpgradeEvent.RunEnded?> TakeAsync(CancellationToken halt, CancellationToken cancellationToken)
    {
        while (true)
        {
            TakeAll();
            if (run.State.IsAbortAsked)
            {
                return new UpgradeEvent.RunEnded(RunEnding.Aborted, "aborted as asked; the nodes stay on the releases they run");
            }

            if (halt.IsCancellationRequested)
            {
                return Halted();
            }

            if (!run.State.IsPauseAsked)
            {
                return null;
            }

            await run.DelayAsync(run.Options.PollInterval, cancellationToken);
        }
    }

    private void TakeAll()
    {
        while (run.Journal.NextRequest() is { } pending)
        {
            run.Append(new UpgradeEvent.RequestTaken(pending.Request, pending.By));
            run.Journal.Consume(pending);
            Taken++;
        }
    }

    private UpgradeEvent.RunEnded Halted() =>
        run.State.Phase == RunPhase.AwaitingApproval
            ? new UpgradeEvent.RunEnded(RunEnding.AwaitingApproval, "everything is done but the finalisation, which waits for approval")
            : new UpgradeEvent.RunEnded(RunEnding.Stopped, "stopped between two steps as asked");
}
