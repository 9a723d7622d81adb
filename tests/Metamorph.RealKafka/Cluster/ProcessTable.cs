using System.Globalization;
using System.Runtime.InteropServices;

namespace Metamorph.RealKafka.Cluster;

/// <summary>One life of a node: its pid, and when the kernel started it.</summary>
/// <param name="StartTicks">Clock ticks since boot: with the pid it names one process for ever.</param>
public sealed record SeenProcess(int Pid, long StartTicks)
{
    /// <summary>When the process started, to the hundredth of a second.</summary>
    public DateTimeOffset StartedAt => ProcessTable.BootTime + TimeSpan.FromMilliseconds(StartTicks * 10);

    /// <summary>Whether this very process still runs; a zombie does not.</summary>
    public bool IsAlive => ProcessTable.See(Pid) == this;
}

/// <summary>The machine's processes as <c>/proc</c> shows them.</summary>
internal static class ProcessTable
{
    public static DateTimeOffset BootTime { get; } = DateTimeOffset.FromUnixTimeSeconds(long.Parse(
        File.ReadLines("/proc/stat").First(line => line.StartsWith("btime ", StringComparison.Ordinal)).AsSpan(6),
        CultureInfo.InvariantCulture));

    /// <summary>The Kafka node that was started with <paramref name="config"/>, whoever started it.</summary>
    /// <exception cref="InvalidOperationException">More than one runs with it.</exception>
    public static SeenProcess? FindNode(string config)
    {
        // The start script runs helpers under the same arguments before it becomes the JVM; those are no nodes.
        var found = WhereArguments(arguments =>
            Path.GetFileName(arguments[0]) == "java" && Array.IndexOf(arguments, "kafka.Kafka") is >= 0 and var main && Array.IndexOf(arguments, config, main) > main).ToList();

        return found.Count <= 1
            ? found.SingleOrDefault()
            : throw new InvalidOperationException(
                $"{found.Count} processes run with {config}: {string.Join(", ", found.Select(process => process.Pid))}");
    }

    /// <summary>All processes that name a path inside <paramref name="folder"/> among their arguments.</summary>
    public static IEnumerable<SeenProcess> NamingPathsUnder(string folder) =>
        WhereArguments(arguments => arguments.Any(argument => argument.StartsWith(folder + "/", StringComparison.Ordinal)));

    public static SeenProcess? See(int pid)
    {
        try
        {
            // The second field is the command in parentheses, which may hold blanks; the state is what follows it.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : new SeenProcess(pid, long.Parse(fields[19], CultureInfo.InvariantCulture));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Sends a signal to exactly this process; does nothing when it is gone.</summary>
    public static void Send(SeenProcess process, Signal signal)
    {
        if (process.IsAlive)
        {
            _ = Kill(process.Pid, (int)signal);
        }
    }

    private static IEnumerable<SeenProcess> WhereArguments(Func<string[], bool> match) =>
        Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && match(ArgumentsOf(pid)))
            .Select(See)
            .OfType<SeenProcess>();

    private static string[] ArgumentsOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [""];
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}

/// <summary>Signals by their Linux numbers.</summary>
internal enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
