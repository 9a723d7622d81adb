using Metamorph.Journal;
using Metamorph.Model;
using Metamorph.Reporting;

namespace Metamorph.Cli;

/// <summary>One line per event: where there is no terminal, and for logs.</summary>
/// <param name="plan">What the run does.</param>
/// <param name="terminal">Where to.</param>
/// <param name="known">Events of earlier executors, which are folded but not shown again.</param>
internal sealed class PlainScreen(UpgradePlan plan, Terminal terminal, int known) : IRunScreen
{
    private readonly PlainLines lines = new(plan, TimeZoneInfo.Local);

    public void Hear(JournalEntry entry)
    {
        var line = lines.Next(entry);
        if (entry.Sequence <= known)
        {
            return;
        }

        if (terminal.IsJson)
        {
            Terminal.Emit(JournalLine.Text(entry).TrimEnd());
        }
        else if (line is not null)
        {
            terminal.Say(line);
        }
    }

    public Task ShowAsync(Task run) => run;
}
