using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Metamorph.Model;

namespace Metamorph.Journal;

/// <summary>Reads runs without holding them: for every view of a run, also while an executor writes it.</summary>
public static class RunReader
{
    // Fast enough to look live, slow enough to cost nothing: a look at a file that did not grow is one stat.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>The run as it is now. A line that is just being written is left out.</summary>
    /// <exception cref="JournalDamagedException">The plan or the journal is not as it was written.</exception>
    /// <exception cref="RunDirectoryException">There is no such run, or no right to read it.</exception>
    public static RunView Read(string runPath)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(runPath));
        var plan = PlanFile.Read(path);
        var journal = Path.Combine(path, JournalFile.Name);
        var read = JournalFile.Parse(journal, RunDirectoryException.Guard(journal, "to read the journal", () => ReadFrom(journal, 0)));
        var state = read.Fold(journal);
        return new RunView(path, plan, read.Entries, state.StartedAt is null ? Planned(path, plan) : state);
    }

    /// <summary>Every event of the run from its first, then each new one as it is written, until cancelled.</summary>
    /// <remarks>It goes on after <see cref="UpgradeEvent.RunEnded"/>, because a run can be taken again; a viewer that is
    /// content with the end stops there. Cancelling ends the sequence with <see cref="OperationCanceledException"/>.</remarks>
    /// <exception cref="JournalDamagedException">A line is not as it was written; those before it were given.</exception>
    public static async IAsyncEnumerable<JournalEntry> FollowAsync(
        string runPath, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var journal = Path.Combine(Path.GetFullPath(runPath), JournalFile.Name);
        var position = 0L;
        var sequence = 1L;
        while (true)
        {
            var bytes = RunDirectoryException.Guard(journal, "to read the journal", () => ReadFrom(journal, position));
            var read = JournalFile.Parse(journal, bytes, sequence);
            position += read.Length;
            sequence += read.Entries.Length;
            foreach (var entry in read.Entries)
            {
                yield return entry;
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    // No executor has had it yet; what will run is known all the same.
    private static RunState Planned(string path, UpgradePlan plan) => RunState.Empty with
    {
        Run = Path.GetFileName(path),
        Cluster = plan.Cluster,
        From = plan.From,
        To = plan.To,
        StepOrder = [.. plan.Steps.Select(step => step.Id)],
    };

    private static byte[] ReadFrom(string journal, long position)
    {
        using var file = new FileStream(
            journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.Length < position)
        {
            throw new JournalDamagedException(
                journal, line: null, $"{file.Length} bytes", $"at least the {position} bytes that were read before");
        }

        file.Position = position;
        var bytes = new byte[file.Length - position];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length == bytes.Length ? bytes : bytes[..length];
    }
}

/// <summary>A run as it was at one look.</summary>
/// <param name="Path">The run directory.</param>
/// <param name="Plan">What was approved.</param>
/// <param name="Entries">The events, oldest first.</param>
/// <param name="State">The fold of <paramref name="Entries"/>.</param>
public sealed record RunView(string Path, UpgradePlan Plan, ImmutableArray<JournalEntry> Entries, RunState State)
{
    public string Run => System.IO.Path.GetFileName(Path);

    /// <summary>Nobody can go on with it: every step is done, or the operator gave it up.</summary>
    public bool IsFinished => State.Phase is RunPhase.Done or RunPhase.Aborted && State.Ending is not null;
}
