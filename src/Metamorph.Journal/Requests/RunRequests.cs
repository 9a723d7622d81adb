using System.Globalization;
using Metamorph.Model;

namespace Metamorph.Journal;

/// <summary>Asks something of a run, from any process that can write its directory.</summary>
public static class RunRequests
{
    /// <summary>Puts the request into the run's <c>requests/</c>, whole and flushed, for its executor to take.</summary>
    /// <returns>The file that holds it. While it is there, no executor has taken the request.</returns>
    /// <exception cref="RunDirectoryException">There is no such run, or no rights to write into it; nothing was asked.</exception>
    public static string Post(string runPath, OperatorRequest request, string by, TimeProvider time)
    {
        var directory = Path.Combine(Path.GetFullPath(runPath), RequestBox.Name);
        if (!File.Exists(Path.Combine(Path.GetFullPath(runPath), JournalFile.Name)))
        {
            throw new RunDirectoryException(runPath, $"is no run directory: it has no {JournalFile.Name}");
        }

        return RunDirectoryException.Guard(directory, "to ask something of the run", () =>
        {
            Directory.CreateDirectory(directory);
            var now = time.GetUtcNow();
            var path = FreeName(directory, request, now);
            DurableFile.Write(path, RequestFile.Encode(request, by, now));
            return path;
        });
    }

    /// <summary>The user and machine of this process, as <c>by</c> of a request: <c>kim@ops-1</c>.</summary>
    public static string Me => $"{Environment.UserName}@{Environment.MachineName}";

    // Names sort by time, so that the oldest is taken first. The process id keeps two who ask at once apart.
    private static string FreeName(string directory, OperatorRequest request, DateTimeOffset now)
    {
        var stamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'.'fffffff'Z'", CultureInfo.InvariantCulture);
        var number = Directory.GetFiles(directory, $"{stamp}-*{RequestFile.Extension}").Length;
        return Path.Combine(
            directory, $"{stamp}-{number:D4}-{RequestFile.NameOf(request)}-{Environment.ProcessId}{RequestFile.Extension}");
    }
}
