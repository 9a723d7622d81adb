using Metamorph.Model;

namespace Metamorph.Cli;

/// <summary>Shows a run while it runs: a live screen, plain lines, or events for a machine. All render the same journal.</summary>
internal interface IRunScreen
{
    /// <summary>Told every event, from the first of the run.</summary>
    void Hear(JournalEntry entry);

    /// <summary>Shows until the run's executor has let it go.</summary>
    Task ShowAsync(Task run);
}
