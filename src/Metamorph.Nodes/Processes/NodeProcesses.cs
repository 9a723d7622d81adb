namespace Metamorph.Nodes;

/// <summary>Finds the processes that run a node, whoever started them.</summary>
internal static class NodeProcesses
{
    private const string MainClass = "kafka.Kafka";
    private const string StartScript = "kafka-server-start.sh";

    private static readonly string[] Shells = ["sh", "bash", "dash", "ksh", "zsh", "ash", "setsid"];

    /// <summary>The processes started with the config, the oldest first.</summary>
    /// <remarks>More than one means that nobody can say which is the node.</remarks>
    /// <exception cref="IOException">
    /// Whether the node runs cannot be told: this user may not see other users' processes, or not a working folder that counts.
    /// </exception>
    public static IReadOnlyList<KafkaProcess> Of(string config)
    {
        // Where /proc is mounted with hidepid, a node of another user would pass for one that does not run.
        if (ProcessTable.StatusOf(pid: 1) is null)
        {
            throw new IOException(
                "the processes of other users are hidden (hidepid of /proc); run Metamorph as the nodes' user or as root");
        }

        var file = new ConfigFile(config);
        var found = ProcessTable.Pids().Select(pid => Recognise(pid, file)).OfType<KafkaProcess>().ToArray();
        return
        [
            .. found
                .Where(process => !found.Any(other => StandsFor(other, process)))
                .OrderBy(process => process.Life.StartTicks)
                .ThenBy(process => process.Pid),
        ];
    }

    private static KafkaProcess? Recognise(int pid, ConfigFile file)
    {
        var arguments = ProcessTable.ArgumentsOf(pid);
        if (ConfigIn(arguments) is not { } config || ProcessTable.StatusOf(pid) is not { HasEnded: false } status)
        {
            return null;
        }

        // Anything else may mention the class and the file too: sudo, tini, grep, an editor.
        var isJava = IsJava(arguments[0], status);
        if (!isJava && !Shells.Contains(Path.GetFileName(arguments[0])))
        {
            return null;
        }

        return file.IsMeantBy(pid, config) switch
        {
            true => new KafkaProcess(status, arguments, IsLauncher: !isJava),
            false => null,
            null => throw new IOException(
                $"process {pid} runs {MainClass} with the config '{config}', relative to a folder that may not be read; "
                + "run Metamorph as that process's user"),
        };
    }

    /// <summary>The argument that Kafka takes for its config: the one after the class, or after the script that starts it.</summary>
    private static string? ConfigIn(string[] arguments)
    {
        var main = Array.FindIndex(arguments, argument =>
            argument == MainClass || Path.GetFileName(argument) == StartScript);
        return main > 0 && main + 1 < arguments.Length ? arguments[main + 1] : null;
    }

    private static bool IsJava(string program, ProcessStatus status) =>
        Path.GetFileName(program) == "java" || status.Command == "java";

    /// <summary>Whether <paramref name="one"/> is the node and <paramref name="other"/> only its relative.</summary>
    /// <remarks>
    /// With the same command line the child is a fork that has not become another program yet. With another one the
    /// parent is a script that waits for the child.
    /// </remarks>
    private static bool StandsFor(KafkaProcess one, KafkaProcess other) =>
        one.Arguments.SequenceEqual(other.Arguments)
            ? other.Status.Parent == one.Pid
            : one.Status.Parent == other.Pid && other.IsLauncher;
}
