using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Metamorph.SideBySide.Recording;

/// <summary>Everything that happened in a story, in the order it was seen. Thread-safe.</summary>
public sealed partial class History(TimeProvider time)
{
    /// <summary>What a lane says before anything is known of it, and after it is gone.</summary>
    public const string Absent = "absent";

    private readonly Lock guard = new();
    private readonly long since = time.GetTimestamp();
    private readonly List<HistoryLine> lines = [];
    private readonly Dictionary<string, string> states = [];

    public IReadOnlyList<HistoryLine> Lines
    {
        get
        {
            lock (guard)
            {
                return [.. lines];
            }
        }
    }

    /// <summary>Adds a line, whatever the lane said last.</summary>
    public void Add(string lane, string state)
    {
        lock (guard)
        {
            lines.Add(new HistoryLine(NowMs(), lane, state));
        }
    }

    /// <summary>Adds a line for each lane of a watcher that is not as it was, all at one moment.</summary>
    /// <param name="owns">Which lanes are this watcher's: those that are not in <paramref name="seen"/> are absent
    /// now.</param>
    /// <param name="seen">How the lanes are.</param>
    public void See(Func<string, bool> owns, IEnumerable<(string Lane, string State)> seen)
    {
        lock (guard)
        {
            var now = NowMs();
            var shown = seen.ToDictionary(lane => lane.Lane, lane => lane.State);
            foreach (var gone in states.Keys.Where(lane => owns(lane) && !shown.ContainsKey(lane)))
            {
                shown[gone] = Absent;
            }

            foreach (var (lane, state) in shown.OrderBy(lane => lane.Key, StringComparer.Ordinal))
            {
                if (states.GetValueOrDefault(lane, Absent) != state)
                {
                    states[lane] = state;
                    lines.Add(new HistoryLine(now, lane, state));
                }
            }
        }
    }

    /// <summary>The lines as they are stored: milliseconds, lane, state.</summary>
    public static string ToText(IEnumerable<HistoryLine> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"{line.AtMs,7}  {line.Lane,-24}  {line.State}\n");
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="ToText"/> wrote; lines that begin with <c>#</c> are for people.</summary>
    /// <exception cref="FormatException">A line is not of that form.</exception>
    public static IReadOnlyList<HistoryLine> Parse(string text) =>
    [
        .. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line =>
            Stored().Match(line) is { Success: true } found
                ? new HistoryLine(
                    long.Parse(found.Groups["at"].Value, CultureInfo.InvariantCulture),
                    found.Groups["lane"].Value,
                    found.Groups["state"].Value)
                : throw new FormatException($"not a line of a history: {line}")),
    ];

    private long NowMs() => (long)time.GetElapsedTime(since).TotalMilliseconds;

    [GeneratedRegex(@"^\s*(?<at>\d+)  (?<lane>\S.*?)\s{2,}(?<state>.*)$")]
    private static partial Regex Stored();
}
