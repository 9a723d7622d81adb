using Metamorph.Journal;
using Metamorph.Model;

namespace Metamorph.Execution;

/// <summary>Gives up a run that no executor holds any more.</summary>
public static class AbandonedRun
{
    /// <summary>Journals that the operator gave it up. Nothing is asked of any node; they stay as they are.</summary>
    /// <param name="journal">Held by the caller.</param>
    /// <param name="by">Who gave it up.</param>
    /// <exception cref="IOException">The journal could not be written; the run is as it was.</exception>
    public static void Abort(IUpgradeJournal journal, string by)
    {
        journal.Append(new UpgradeEvent.RequestTaken(OperatorRequest.Abort, by));
        if (RunState.Of(journal.Entries).Current is { } step)
        {
            journal.Append(new UpgradeEvent.StepInterrupted(step));
        }

        journal.Append(new UpgradeEvent.RunEnded(RunEnding.Aborted, "aborted as asked; the nodes stay as they are"));
    }
}
