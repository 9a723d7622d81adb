using System.Globalization;
using System.Text.RegularExpressions;
using Metamorph.Model;

namespace Metamorph.Nodes;

/// <summary>Reads the broker epoch of a node's present registration from its own log; the wire does not tell it.</summary>
/// <remarks>
/// A broker that finds its features changed registers again in the same life, so the last line counts. What was read of a
/// life is kept, and later reads go on where the last one ended.
/// </remarks>
internal sealed partial class RegistrationLog(NodeOptions node)
{
    // The line stands near the start of a life. Before that a log holds earlier lives: of a file longer than this the
    // beginning is not searched.
    private const long Longest = 64 * 1024 * 1024;

    // The kernel's boot time is in whole seconds, so the start of a process may be seen up to a second late, and the
    // times of lines are taken in whole seconds too. No node registers and is started again within two.
    private static readonly TimeSpan StartTolerance = TimeSpan.FromSeconds(2);

    // A longer line than this is not the one that is searched.
    private const int LongestLine = 4096;

    private readonly Dictionary<string, long> readUpTo = [];
    private ProcessLife life;
    private long? epoch;

    public Observed<long> EpochOf(KafkaProcess process)
    {
        if (process.Life != life)
        {
            life = process.Life;
            epoch = null;
            readUpTo.Clear();
        }

        var files = LogsOf(process);
        try
        {
            var zone = ZoneOf(process);
            foreach (var file in files)
            {
                Search(file, ProcessTable.StartOf(life) - StartTolerance, zone);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Observed<long>.Unknown($"the log of node {node.Id} cannot be read ({e.Message})");
        }

        return epoch is { } known
            ? Observed<long>.Of(known)
            : Observed<long>.Unknown(files.Length == 0
                ? $"no log of node {node.Id} in {node.Logs}"
                : $"{string.Join(", ", files)} tell of no registration since process {process.Pid} started");
    }

    /// <summary>Where this process writes, the oldest first.</summary>
    /// <remarks>Its stdout and stderr, our <c>server.out</c>, Kafka's own <c>server.log</c>.</remarks>
    private string[] LogsOf(KafkaProcess process)
    {
        const string Flag = "-Dkafka.logs.dir=";
        var own = process.Arguments.FirstOrDefault(argument => argument.StartsWith(Flag, StringComparison.Ordinal))?[Flag.Length..];
        var start = ProcessTable.StartOf(process.Life) - StartTolerance;
        string?[] outputs =
        [
            ProcessTable.LinkOf(process.Pid, "fd/1"), ProcessTable.LinkOf(process.Pid, "fd/2"), Path.Combine(node.Logs, "server.out"),
        ];
        return
        [
            .. outputs.OfType<string>()
                .Concat(ServerLogsIn(node.Logs))
                .Concat(own is null || !Path.IsPathRooted(own) ? [] : ServerLogsIn(own))
                .Where(path => path.StartsWith('/') && !path.StartsWith("/dev/", StringComparison.Ordinal) && File.Exists(path))
                .Distinct(StringComparer.Ordinal)
                .Where(path => File.GetLastWriteTimeUtc(path) >= start.UtcDateTime)
                .OrderBy(File.GetLastWriteTimeUtc),
        ];
    }

    /// <summary>Kafka rolls <c>server.log</c> every hour; the line is in the file of the hour it registered in.</summary>
    private static string[] ServerLogsIn(string folder) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, "server.log*") : [];

    private void Search(string path, DateTimeOffset since, TimeZoneInfo zone)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var from = readUpTo.GetValueOrDefault(path);
        from = from > file.Length ? 0 : Math.Max(from, file.Length - Longest);
        file.Seek(from, SeekOrigin.Begin);
        using var reader = new StreamReader(file);
        var line = Registered();
        while (reader.ReadLine() is { } text)
        {
            if (!text.Contains("Successfully registered broker", StringComparison.Ordinal))
            {
                continue;
            }

            var match = line.Match(text);
            if (match.Success && match.Groups["node"].Value == node.Id.ToString() && WrittenAt(match, zone) >= since)
            {
                epoch = long.Parse(match.Groups["epoch"].Value, CultureInfo.InvariantCulture);
            }
        }

        // A line that is being written now is read again, whole, by the next search.
        readUpTo[path] = Math.Max(from, file.Length - LongestLine);
    }

    /// <summary>Kafka writes local times without an offset; a line without a time could be of any life and does not count.</summary>
    private static DateTimeOffset? WrittenAt(Match line, TimeZoneInfo zone) =>
        DateTime.TryParseExact(
            line.Groups["time"].Value, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(local, zone.GetUtcOffset(local))
            : null;

    private static TimeZoneInfo ZoneOf(KafkaProcess process)
    {
        const string Flag = "-Duser.timezone=";
        var named = process.Arguments.LastOrDefault(argument => argument.StartsWith(Flag, StringComparison.Ordinal))?[Flag.Length..]
            ?? ProcessTable.VariableOf(process.Pid, "TZ");
        return named is not null && TimeZoneInfo.TryFindSystemTimeZoneById(named.TrimStart(':'), out var zone)
            ? zone
            : TimeZoneInfo.Local;
    }

    [GeneratedRegex(
        @"^\[(?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\b.*"
        + @"\bSuccessfully registered broker (?<node>\d+) with broker epoch (?<epoch>\d+)")]
    private static partial Regex Registered();
}
