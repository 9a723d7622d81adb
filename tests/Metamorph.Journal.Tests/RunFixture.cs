using Metamorph.Model;
using Metamorph.Tests;

namespace Metamorph.Journal.Tests;

/// <summary>A temporary directory of runs with its own locks.</summary>
internal sealed class RunFixture : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("metamorph-journal-");

    public string Runs => Path.Combine(root.FullName, "runs");

    public string Locks => Path.Combine(root.FullName, "locks");

    public StillTime Time { get; } = new();

    public RunDirectory Create(UpgradePlan? plan = null) => RunDirectory.Create(Runs, plan ?? Story.Plan, Time, Locks);

    public RunDirectory Open(string path) => RunDirectory.Open(path, Time, Locks);

    /// <summary>A run with the whole story in it, let go.</summary>
    public string Told(int events = int.MaxValue)
    {
        using var run = Create();
        foreach (var entry in Story.Whole.Take(events))
        {
            Time.Now = entry.At;
            run.Append(entry.Event);
        }

        return run.Path;
    }

    public static string JournalOf(string run) => Path.Combine(run, "journal.jsonl");

    public void Dispose() => root.Delete(recursive: true);
}

/// <summary>A clock that stands until it is set, and whose timers fire at once.</summary>
internal sealed class StillTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = Samples.Start;

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
}
