using System.Collections.Immutable;
using Metamorph.Model;
using Microsoft.Extensions.Logging;

namespace Metamorph.Nodes;

/// <summary>Drives a node that is a process of this machine (Linux).</summary>
/// <remarks>
/// The node is the process <c>kafka.Kafka</c> that was started with the node's config, whoever started it. One that this
/// driver starts outlives Metamorph. A supervisor that restarts what ends (systemd, runit) must be told to let go first.
/// </remarks>
/// <param name="releases">Where the releases are that the node can be moved to.</param>
public sealed partial class ProcessNodeDriver(
    NodeOptions options, ReleaseDirectory releases, TimeProvider time, ILogger<ProcessNodeDriver> logger) : INodeDriver
{
    // Looking into /proc costs some milliseconds; an exit noticed this late costs a roll of a hundred nodes 5 s.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    // From the start script to a JVM that has the broker's jars open: 0.3 s here, ten times that on a busy machine.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);

    // Enough for the exception of a JVM that ended with its causes.
    private const int LastLines = 20;

    private readonly RegistrationLog registrations = new(options);
    private (ProcessLife Life, KafkaRelease Release)? known;

    public NodeId Node => options.Id;

    private string Output => Path.Combine(options.Logs, "server.out");

    public Task<NodeObservation> ObserveAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var properties = ReadConfig();
        var processes = Find();
        var node = processes is [var first, ..] ? first : null;
        return Task.FromResult(new NodeObservation
        {
            Process = node is null ? null : new NodeProcess(node.Pid, ProcessTable.StartOf(node.Life), ReleaseOf(node)),
            OtherPids = [.. processes.Skip(1).Select(process => process.Pid)],
            Installed = Installed(),
            Properties = properties,
            RegistrationEpoch = EpochOf(node, properties),
        });
    }

    public async Task<IReadOnlyList<Finding>> CheckReleaseAsync(
        KafkaRelease release, int javaMin, CancellationToken cancellationToken) =>
        [.. releases.Check(release), .. await CheckJavaAsync(release, javaMin, cancellationToken)];

    /// <inheritdoc/>
    /// <remarks>A pid that does not run this node, or not any more, is <see cref="StopOutcome.Stopped"/> and is not signalled.</remarks>
    public async Task<StopOutcome> StopAsync(int pid, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (Find().FirstOrDefault(process => process.Pid == pid) is not { } node)
        {
            return StopOutcome.Stopped;
        }

        if (ProcessTable.IsAlive(node.Life))
        {
            switch (Libc.Terminate(pid))
            {
                case Libc.Signalled.NotAllowed:
                    throw new NodeUnreachableException(
                        Node, $"process {pid} of node {Node} may not be signalled; run Metamorph as its user. It still runs");
                case Libc.Signalled.Sent:
                    Log.Terminated(logger, Node, pid);
                    break;
            }
        }

        var asked = time.GetTimestamp();
        while (ProcessTable.IsAlive(node.Life))
        {
            if (time.GetElapsedTime(asked) >= patience)
            {
                return StopOutcome.StillStopping;
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }

        return StopOutcome.Stopped;
    }

    public async Task<int> StartAsync(KafkaRelease release, CancellationToken cancellationToken)
    {
        if (Find().Count > 0)
        {
            return await ArriveAsync(release, launched: null, cancellationToken);
        }

        var home = HomeOf(release) ?? throw new NodeStartException(
            Node, $"release {release} is not in {releases.Path ?? "any releases directory"}; node {Node} was left as it is");
        var written = File.Exists(Output) ? new FileInfo(Output).Length : 0;
        try
        {
            if (new HomeLink(options.Home).PointTo(home))
            {
                Log.Flipped(logger, Node, options.Home, home);
            }

            Directory.CreateDirectory(options.Logs);
            var pid = await DetachedStart.StartAsync(
                Output, [Path.Combine(options.Home, "bin", "kafka-server-start.sh"), options.Config], StartEnvironment(),
                cancellationToken);
            Log.Launched(logger, Node, release, pid);
            return await ArriveAsync(release, new Launch(pid, written), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NodeStartException(Node, $"node {Node} was not started: {e.Message}");
        }
    }

    public Task<LogExcerpt> ReadLogAsync(long from, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(FileTail.Read(Output, from));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NodeUnreachableException(Node, $"the log of node {Node} cannot be read: {e.Message}", e);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Waits until the node's JVM is there and has the jars of <paramref name="release"/> open.</summary>
    private async Task<int> ArriveAsync(KafkaRelease release, Launch? launched, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            // What was launched is looked at first: if it ends after that look, the search below still finds its child.
            var isOver = launched is not null && ProcessTable.StatusOf(launched.Pid) is not { HasEnded: false };
            var found = Find();
            if (found.Count > 1)
            {
                throw new NodeStartException(
                    Node, $"processes {string.Join(", ", found.Select(process => process.Pid))} all run with {options.Config}");
            }

            if (found is [var node] && ReleaseOf(node) is { IsKnown: true } running)
            {
                return running.Value == release ? node.Pid : throw new NodeStartException(
                    Node, $"process {node.Pid} of node {Node} runs {running.Value}, not {release}");
            }

            if (found is [] && (isOver || launched is null))
            {
                throw new NodeStartException(
                    Node, $"node {Node} ended at once on {release}; {Said(launched?.Written ?? 0)}");
            }

            if (time.GetElapsedTime(began) >= StartPatience)
            {
                throw new NodeStartException(
                    Node, $"after {StartPatience.TotalSeconds:0} s it is not known what node {Node} runs "
                    + $"({(found is [var late] ? ReleaseOf(late).Why : "no process with its config")}); {Said(launched?.Written ?? 0)}");
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }

    private string Said(long since)
    {
        var lines = FileTail.Read(Output, since).Lines.TakeLast(LastLines).ToArray();
        return lines.Length == 0
            ? $"it wrote nothing to {Output}"
            : $"the end of {Output}:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}";
    }

    private IReadOnlyList<KafkaProcess> Find()
    {
        try
        {
            return NodeProcesses.Of(options.Config);
        }
        catch (IOException e)
        {
            throw new NodeUnreachableException(Node, $"whether node {Node} runs cannot be told: {e.Message}", e);
        }
    }

    /// <summary>A life keeps its release, and looking at all its open files costs: a broker can have 100,000.</summary>
    private Observed<KafkaRelease> ReleaseOf(KafkaProcess process)
    {
        if (known is { } seen && seen.Life == process.Life)
        {
            return Observed<KafkaRelease>.Of(seen.Release);
        }

        var release = RunningRelease.Of(process);
        known = release.IsKnown ? (process.Life, release.Value) : null;
        return release;
    }

    /// <summary>Where home leads, if that is the release already: then it need not be in the releases directory.</summary>
    private string? HomeOf(KafkaRelease release) => Installed() is { IsKnown: true } installed && installed.Value == release
        ? new HomeLink(options.Home).Target
        : releases.Locate(release);

    private Observed<KafkaRelease> Installed() => new HomeLink(options.Home).Target is { } target
        ? ReleaseJars.InstalledIn(target)
        : Observed<KafkaRelease>.Unknown($"{options.Home} leads nowhere");

    private Observed<long> EpochOf(KafkaProcess? node, ServerProperties properties) => node is null
        ? Observed<long>.Unknown($"node {Node} does not run")
        : properties.IsBroker
            ? registrations.EpochOf(node)
            : Observed<long>.Unknown($"node {Node} is no broker of a KRaft cluster");

    private ServerProperties ReadConfig()
    {
        try
        {
            return PropertiesReader.Read(options.Config);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new NodeUnreachableException(Node, $"the config {options.Config} of node {Node} cannot be read: {e.Message}", e);
        }
    }

    private async Task<IReadOnlyList<Finding>> CheckJavaAsync(KafkaRelease release, int javaMin, CancellationToken cancellationToken)
    {
        var subject = $"node {Node}";
        var expected = $"Java {javaMin} or later, for Kafka {release}";
        var remedy = $"install Java {javaMin} and set JAVA_HOME in env of node {Node}";
        if (JavaHome.Executable(VariableOf) is not { } java)
        {
            var found = VariableOf("JAVA_HOME") is { Length: > 0 } home ? $"no bin/java in JAVA_HOME ({home})" : "no java on the PATH";
            return [new Finding(FindingSeverity.Refusal, "java-missing", subject, found, expected, remedy)];
        }

        var major = await JavaHome.MajorOfAsync(java, time, cancellationToken);
        return major switch
        {
            { IsKnown: false } => [new Finding(FindingSeverity.Refusal, "java-missing", subject, major.Why!, expected, remedy)],
            { Value: var version } when version < javaMin =>
                [new Finding(FindingSeverity.Refusal, "java-too-old", subject, $"Java {version} ({java})", expected, remedy)],
            _ => [],
        };
    }

    private string? VariableOf(string name) =>
        options.Env.TryGetValue(name, out var value) ? value : Environment.GetEnvironmentVariable(name);

    private ImmutableSortedDictionary<string, string> StartEnvironment() =>
        options.Env.ContainsKey("LOG_DIR") ? options.Env : options.Env.SetItem("LOG_DIR", options.Logs);

    /// <param name="Written">How long the log was before.</param>
    private sealed record Launch(int Pid, long Written);

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Information, "Asked process {Pid} of node {Node} to shut down")]
        public static partial void Terminated(ILogger logger, NodeId node, int pid);

        [LoggerMessage(2002, LogLevel.Information, "Home {Home} of node {Node} leads to {Release} now")]
        public static partial void Flipped(ILogger logger, NodeId node, string home, string release);

        [LoggerMessage(2003, LogLevel.Information, "Launched node {Node} on {Release} as process {Pid}")]
        public static partial void Launched(ILogger logger, NodeId node, KafkaRelease release, int pid);
    }
}
