using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Reporting;

/// <summary>Follows a run for a live screen: give it every event, ask it for the screen of any moment.</summary>
/// <param name="plan">What the run does.</param>
/// <param name="logLines">How many of the last lines that nodes wrote are kept.</param>
public sealed class LiveFold(UpgradePlan plan, int logLines = 5)
{
    private readonly Queue<LiveLogLine> log = new();

    public RunState State { get; private set; } = RunState.Empty;

    public void Add(JournalEntry entry)
    {
        State = State.After(entry);
        if (entry.Event is UpgradeEvent.NodeLogged logged)
        {
            log.Enqueue(new LiveLogLine(entry.At, logged.Node, logged.Line));
            if (log.Count > logLines)
            {
                log.Dequeue();
            }
        }
    }

    public LiveModel At(DateTimeOffset now) => LiveModel.Of(State, plan, now, [.. log]);
}
