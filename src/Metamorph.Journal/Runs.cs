using System.Globalization;
using System.Text.RegularExpressions;
using Metamorph.Model;

namespace Metamorph.Journal;

/// <summary>The runs in a directory of runs.</summary>
public static partial class Runs
{
    private const string StampFormat = "yyyy-MM-dd'T'HHmm'Z'";

    /// <summary>Every run, oldest first, by its path.</summary>
    public static IReadOnlyList<string> All(string runsDirectory) => Directory.Exists(runsDirectory)
        ? [.. RunDirectoryException.Guard(runsDirectory, "to list runs", () => Directory.GetDirectories(runsDirectory))
            .Where(IsRun)
            .OrderBy(path => StampOf(Path.GetFileName(path)), StringComparer.Ordinal)
            .ThenBy(path => NumberOf(Path.GetFileName(path)))
            .ThenBy(path => path, StringComparer.Ordinal)]
        : [];

    /// <summary>The newest run, of <paramref name="cluster"/> if one is named; null when there is none.</summary>
    public static string? Latest(string runsDirectory, string? cluster = null) =>
        All(runsDirectory).LastOrDefault(path => cluster is null || IsNamedAfter(path, cluster));

    /// <summary>The newest run of the cluster that an executor can go on with; null when there is none.</summary>
    /// <param name="runsDirectory">Where the runs are.</param>
    /// <param name="clusterName">The name from the cluster file.</param>
    /// <param name="clusterId">Kafka's id of the cluster, which decides; null while it is not known: then the name does.</param>
    /// <exception cref="JournalDamagedException">A run that has the cluster's name is damaged: whether it is finished is not known.</exception>
    public static RunView? Unfinished(string runsDirectory, string clusterName, string? clusterId)
    {
        foreach (var path in All(runsDirectory).Reverse())
        {
            if (BelongsTo(path, clusterName, clusterId) && RunReader.Read(path) is { IsFinished: false } unfinished)
            {
                return unfinished;
            }
        }

        return null;
    }

    /// <summary>The run that an operator means: a path, or the name of a run in the directory; null when there is none.</summary>
    public static string? Find(string runsDirectory, string nameOrPath)
    {
        if (!string.IsNullOrEmpty(nameOrPath) && Path.GetFileName(nameOrPath) == nameOrPath
            && Path.Combine(runsDirectory, nameOrPath) is var named && IsRun(named))
        {
            return Path.GetFullPath(named);
        }

        return !string.IsNullOrEmpty(nameOrPath) && IsRun(nameOrPath)
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(nameOrPath))
            : null;
    }

    /// <summary>A name that no run has. Runs of one minute are numbered, so that the later one is known.</summary>
    internal static string NewName(string runsDirectory, UpgradePlan plan, DateTimeOffset now)
    {
        var stamp = now.UtcDateTime.ToString(StampFormat, CultureInfo.InvariantCulture);
        var name = $"{stamp}-{SafeName.Of(plan.Cluster)}-{plan.To}";
        var before = Directory.GetDirectories(runsDirectory, $"{stamp}-*").Select(path => NumberOf(Path.GetFileName(path))).ToList();
        return before.Count == 0 ? name : $"{name}-{before.Max() + 1}";
    }

    private static bool IsRun(string path) =>
        !Path.GetFileName(Path.TrimEndingDirectorySeparator(path)).StartsWith('.')
        && File.Exists(Path.Combine(path, PlanFile.Name))
        && File.Exists(Path.Combine(path, JournalFile.Name));

    private static bool BelongsTo(string path, string clusterName, string? clusterId)
    {
        try
        {
            var plan = PlanFile.Read(path);
            return clusterId is null ? plan.Cluster == clusterName : plan.ClusterId == clusterId;
        }
        catch (JournalDamagedException) when (!IsNamedAfter(path, clusterName))
        {
            return false;
        }
    }

    private static bool IsNamedAfter(string path, string cluster) =>
        RunName().Match(Path.GetFileName(path)) is { Success: true } name && name.Groups["cluster"].Value == SafeName.Of(cluster);

    private static string StampOf(string run) => RunName().Match(run) is { Success: true } name ? name.Groups["stamp"].Value : run;

    private static int NumberOf(string run) =>
        RunName().Match(run) is { Success: true } name
        && int.TryParse(name.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 1;

    [GeneratedRegex(@"^(?<stamp>\d{4}-\d\d-\d\dT\d{4}Z)-(?<cluster>.+)-\d+\.\d+\.\d+(-(?<number>\d+))?$")]
    private static partial Regex RunName();
}
