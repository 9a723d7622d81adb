using Metamorph.Model;

namespace Metamorph.Nodes;

/// <summary>Tells which release a process runs, from the jars it holds: they stay what they were when home is flipped.</summary>
internal static class RunningRelease
{
    private const string Deleted = " (deleted)";

    public static Observed<KafkaRelease> Of(KafkaProcess process)
    {
        if (process.IsLauncher)
        {
            return Observed<KafkaRelease>.Unknown($"process {process.Pid} is a start script that has not started Java yet");
        }

        try
        {
            var jars = ProcessTable.OpenFilesOf(process.Pid)
                .Select(file => file.EndsWith(Deleted, StringComparison.Ordinal) ? file[..^Deleted.Length] : file)
                .Where(file => file.EndsWith(".jar", StringComparison.Ordinal));
            return ReleaseJars.ReleaseOf(jars, $"the jars that process {process.Pid} has open");
        }
        catch (UnauthorizedAccessException)
        {
            return FromClassPath(process);
        }
        catch (IOException)
        {
            return Observed<KafkaRelease>.Unknown($"process {process.Pid} is gone");
        }
    }

    /// <summary>Another user's process hides its files, not its arguments; the start script puts each jar into the class path.</summary>
    private static Observed<KafkaRelease> FromClassPath(KafkaProcess process)
    {
        var flag = Array.FindIndex(process.Arguments, argument => argument is "-cp" or "-classpath" or "--class-path");
        var jars = flag >= 0 && flag + 1 < process.Arguments.Length ? process.Arguments[flag + 1].Split(':') : [];
        var release = ReleaseJars.ReleaseOf(jars, $"the jars on the class path of process {process.Pid}");
        return release.IsKnown
            ? release
            : Observed<KafkaRelease>.Unknown($"the open files of process {process.Pid} may not be read, and {release.Why}");
    }
}
