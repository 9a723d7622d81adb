using System.Globalization;
using Metamorph.Model;

namespace Metamorph.Journal;

/// <summary>The directory of one run, held by the executor: plan, journal, requests and backups.</summary>
/// <remarks>
/// <code>
/// runs/2026-11-21T0930Z-orders-4.3.1/
///   plan.json, plan.sha256   what was approved
///   journal.jsonl            every event, one a line
///   requests/                what operators ask, one file each; refused/ holds what was no request
///   backups/                 configs as they were
/// </code>
/// </remarks>
public sealed class RunDirectory : IUpgradeJournal, IDisposable
{
    private readonly RunLock held;
    private readonly JournalWriter writer;
    private readonly RequestBox requests;

    private RunDirectory(string path, UpgradePlan plan, RunLock held, TimeProvider time)
    {
        Path = path;
        Plan = plan;
        this.held = held;
        writer = JournalWriter.Open(System.IO.Path.Combine(path, JournalFile.Name), time);
        requests = new RequestBox(System.IO.Path.Combine(path, RequestBox.Name));
    }

    /// <summary>The directory's full path.</summary>
    public string Path { get; }

    public string Run => System.IO.Path.GetFileName(Path);

    public UpgradePlan Plan { get; }

    public IReadOnlyList<JournalEntry> Entries => writer.Entries;

    /// <summary>Makes the directory of a new run and takes it. It appears under its name whole, or not at all.</summary>
    /// <exception cref="RunLockedException">Another Metamorph holds the cluster; no directory was made.</exception>
    /// <exception cref="RunDirectoryException">It cannot be written; what was made of it is not taken for a run.</exception>
    public static RunDirectory Create(string runsDirectory, UpgradePlan plan, TimeProvider time) =>
        Create(runsDirectory, plan, time, ClusterLock.DefaultDirectory);

    /// <summary>Takes an existing run: cuts off a torn last line, and is ready to add events.</summary>
    /// <exception cref="RunLockedException">Another Metamorph holds the cluster.</exception>
    /// <exception cref="JournalDamagedException">The plan or the journal is not as it was written; nothing was changed.</exception>
    /// <exception cref="RunDirectoryException">It is no run directory, or there are no rights to write it.</exception>
    public static RunDirectory Open(string path, TimeProvider time) => Open(path, time, ClusterLock.DefaultDirectory);

    public JournalEntry Append(UpgradeEvent happened) => writer.Append(happened);

    public PendingRequest? NextRequest() => requests.Next(this);

    public void Consume(PendingRequest request) => requests.Remove(request.Token);

    public bool BackUp(string name, ReadOnlyMemory<byte> content) => Backups.Keep(Path, name, content);

    /// <summary>Lets the run go: another executor can take it.</summary>
    public void Dispose()
    {
        writer.Dispose();
        held.Dispose();
    }

    internal static RunDirectory Create(string runsDirectory, UpgradePlan plan, TimeProvider time, string locksDirectory)
    {
        var runs = System.IO.Path.GetFullPath(runsDirectory);
        RunDirectoryException.Guard(runs, "to keep runs in it", () => Directory.CreateDirectory(runs));
        return Held(runs, plan, new RunLocation(time, locksDirectory, Run: null), held =>
        {
            var run = Runs.NewName(runs, plan, time.GetUtcNow());
            var path = System.IO.Path.Combine(runs, run);
            RunDirectoryException.Guard(path, "to make the run directory", () => Lay(runs, path, plan));
            held.Say(LockHolder.Me(time.GetUtcNow(), run));
            return new RunDirectory(path, plan, held, time);
        });
    }

    internal static RunDirectory Open(string path, TimeProvider time, string locksDirectory)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var plan = PlanFile.Read(full);
        var runs = System.IO.Path.GetDirectoryName(full)!;
        return Held(
            runs,
            plan,
            new RunLocation(time, locksDirectory, System.IO.Path.GetFileName(full)),
            held => new RunDirectory(full, plan, held, time));
    }

    private static RunDirectory Held(string runs, UpgradePlan plan, RunLocation where, Func<RunLock, RunDirectory> take)
    {
        var held = RunLock.Take(runs, plan.Cluster, plan.ClusterId, where);
        try
        {
            return take(held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    // A directory with a leading dot is no run yet. One that a crash left behind is begun again.
    private static string Lay(string runs, string path, UpgradePlan plan)
    {
        var unborn = System.IO.Path.Combine(runs, $".new-{System.IO.Path.GetFileName(path)}");
        if (Directory.Exists(unborn))
        {
            Directory.Delete(unborn, recursive: true);
        }

        Directory.CreateDirectory(System.IO.Path.Combine(unborn, RequestBox.Name));
        Directory.CreateDirectory(System.IO.Path.Combine(unborn, Backups.Name));
        PlanFile.Write(unborn, plan);
        DurableFile.Write(System.IO.Path.Combine(unborn, JournalFile.Name), []);
        Directory.Move(unborn, path);
        DurableFile.FlushDirectory(runs);
        return path;
    }
}
