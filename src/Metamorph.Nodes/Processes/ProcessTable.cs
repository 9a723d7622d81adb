using System.Globalization;
using System.Text;

namespace Metamorph.Nodes;

/// <summary>Reads the processes of this machine from <c>/proc</c>. Every answer may be out of date at once.</summary>
internal static class ProcessTable
{
    // PF_KTHREAD of linux/sched.h.
    private const long KernelThread = 0x0020_0000;

    // An exec takes microseconds, or some turns of the scheduler on a busy machine. A program may also wipe its command line.
    private const int ExecLooks = 100;

    /// <summary>All processes of the machine; threads are not among them.</summary>
    public static IEnumerable<int> Pids() =>
        Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0);

    /// <summary>Null: there is no such process.</summary>
    public static ProcessStatus? StatusOf(int pid)
    {
        if (Read($"/proc/{pid}/stat") is not { } stat)
        {
            return null;
        }

        // The command stands in parentheses and may itself hold parentheses and blanks.
        var open = stat.IndexOf('(');
        var close = stat.LastIndexOf(')');
        var fields = stat[(close + 2)..].Split(' ');
        return new ProcessStatus(
            new ProcessLife(pid, NumberIn(fields, 22)), (int)NumberIn(fields, 4), fields[0][0], (int)NumberIn(fields, 20),
            stat[(open + 1)..close], (NumberIn(fields, 9) & KernelThread) != 0);
    }

    /// <summary>Whether that very process, not a later one with its pid, has not ended.</summary>
    public static bool IsAlive(ProcessLife life) =>
        StatusOf(life.Pid) is { HasEnded: false } status && status.Life == life;

    /// <summary>Empty for a process that is gone, a kernel thread, or one that is about to end.</summary>
    /// <remarks>
    /// A process in the midst of an exec has no command line for a moment, and start scripts exec one another: to take that
    /// for "nothing runs" would miss a node that is starting. It is looked at until it has one.
    /// </remarks>
    public static string[] ArgumentsOf(int pid)
    {
        var pause = default(SpinWait);
        string[] arguments;
        while ((arguments = NullSeparated($"/proc/{pid}/cmdline")) is []
            && StatusOf(pid) is { HasEnded: false, IsKernelThread: false }
            && pause.Count < ExecLooks)
        {
            pause.SpinOnce();
        }

        return arguments;
    }

    /// <summary>The value of a variable in the environment the process was started with; null when it is not known.</summary>
    public static string? VariableOf(int pid, string name) =>
        NullSeparated($"/proc/{pid}/environ")
            .FirstOrDefault(entry => entry.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    /// <summary>Where a link of <c>/proc/PID</c> (<c>cwd</c>, <c>fd/1</c>) leads; null when it may not be read.</summary>
    public static string? LinkOf(int pid, string link) => LinkTarget($"/proc/{pid}/{link}");

    /// <summary>The files that the process has open.</summary>
    /// <exception cref="UnauthorizedAccessException">It is another user's process.</exception>
    /// <exception cref="IOException">It is gone.</exception>
    public static IEnumerable<string> OpenFilesOf(int pid) =>
        Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd").Select(LinkTarget).OfType<string>();

    /// <summary>When the kernel booted, by the machine's clock as it is set now.</summary>
    public static DateTimeOffset BootTime()
    {
        const string Prefix = "btime ";
        var line = (Read("/proc/stat") ?? "").Split('\n').FirstOrDefault(line => line.StartsWith(Prefix, StringComparison.Ordinal));
        return DateTimeOffset.FromUnixTimeSeconds(
            line is null ? 0 : long.Parse(line.AsSpan(Prefix.Length), CultureInfo.InvariantCulture));
    }

    public static DateTimeOffset StartOf(ProcessLife life) =>
        BootTime() + TimeSpan.FromSeconds((double)life.StartTicks / Libc.TicksPerSecond);

    /// <summary>A field of <c>stat</c> by its number in proc(5); the list begins with field 3.</summary>
    private static long NumberIn(string[] fields, int number) =>
        long.Parse(fields[number - 3], CultureInfo.InvariantCulture);

    private static string[] NullSeparated(string path)
    {
        var text = Read(path) ?? "";
        return text.Length == 0 ? [] : (text.EndsWith('\0') ? text[..^1] : text).Split('\0');
    }

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path, Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? LinkTarget(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
