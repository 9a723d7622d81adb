using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Metamorph.RealKafka.Cluster;

/// <summary>One node of a real cluster, in a folder of its own.</summary>
public sealed class RealNode
{
    // A JVM, the quorum, the registration: seen to take up to 8 s when both cores are busy.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly RealClusterOptions options;

    internal RealNode(NodeRoles roles, string folder, PortLease ports, RealClusterOptions options)
    {
        this.options = options;
        Roles = roles;
        Folder = Path.Combine(folder, $"node-{roles.Id}");
        BrokerPort = roles.IsBroker ? ports.Take() : null;
        ControllerPort = roles.IsController ? ports.Take() : null;
        AdvertisedPort = BrokerPort is { } port ? options.AdvertisedPort?.Invoke(roles.Id, port) ?? port : null;
    }

    public int Id => Roles.Id;

    public NodeRoles Roles { get; }

    public string Folder { get; }

    /// <summary>The symlink to the release in use.</summary>
    public string Home => Path.Combine(Folder, "kafka");

    public string Config => Path.Combine(Folder, "server.properties");

    public string DataDir => Path.Combine(Folder, "data");

    /// <summary>The folder of the node's standard output and error.</summary>
    public string LogsDir => Path.Combine(Folder, "logs");

    public int? BrokerPort { get; }

    /// <summary>The port that clients are told: <see cref="BrokerPort"/>, or that of a proxy before it.</summary>
    public int? AdvertisedPort { get; }

    public int? ControllerPort { get; }

    /// <summary>The node's process, whoever started it; null when none runs.</summary>
    public SeenProcess? FindProcess() => ProcessTable.FindNode(Config);

    /// <summary>The release that home points to.</summary>
    public string Release => new DirectoryInfo(Home).LinkTarget is { } target
        ? Path.GetFileName(target).Split('-', 2)[1]
        : throw new InvalidOperationException($"{Home} is not a symlink");

    /// <summary>Makes home point to another release, as an operator's <c>ln -sfn</c> would. The running process stays as it is.</summary>
    public void PointHomeTo(string releaseFolder)
    {
        var next = Home + ".next";
        File.Delete(next);
        File.CreateSymbolicLink(next, releaseFolder);

        // rename(2), for it replaces a symlink at once; File.Move follows the link and refuses what is a directory behind it.
        if (Rename(next, Home) != 0)
        {
            throw new IOException($"{Home} could not be made to point to {releaseFolder}: error {Marshal.GetLastPInvokeError()}");
        }
    }

    /// <summary>All that the node wrote, by whomever it was started, oldest file first.</summary>
    public string ReadLog() =>
        string.Concat(new DirectoryInfo(LogsDir).EnumerateFiles().OrderBy(file => file.LastWriteTimeUtc).Select(file => ReadShared(file.FullName)));

    public string LogTail(int lines = 40) => string.Join('\n', ReadLog().Split('\n').TakeLast(lines));

    internal string ServerOut => Path.Combine(LogsDir, "server.out");

    /// <summary>Starts the process and returns once Kafka says that it has started and answers on its ports.</summary>
    internal async Task StartAsync()
    {
        if (FindProcess() is { } running)
        {
            throw new InvalidOperationException($"node {Id} runs already, as process {running.Pid}");
        }

        var logStart = File.Exists(ServerOut) ? new FileInfo(ServerOut).Length : 0;
        using var process = Launch();
        try
        {
            await Eventually.TrueAsync(() => HasStarted(process, logStart), StartPatience, $"start of node {Id}");
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}\n{LogTail()}");
        }
    }

    internal SeenProcess RequireProcess() =>
        FindProcess() ?? throw new InvalidOperationException($"node {Id} does not run\n{LogTail()}");

    internal async Task EndAsync(Signal signal, TimeSpan patience)
    {
        var process = RequireProcess();
        ProcessTable.Send(process, signal);
        try
        {
            await Eventually.TrueAsync(() => !process.IsAlive, patience, $"end of node {Id} (process {process.Pid}) after {signal}");
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}\n{LogTail()}");
        }
    }

    // setsid and exec all the way: the JVM has the pid that was started, and no terminal or session to end with.
    private Process Launch()
    {
        var start = new ProcessStartInfo("/bin/sh", [
            "-c", "exec setsid \"$0\" \"$1\" >> \"$2\" 2>&1 < /dev/null",
            Path.Combine(Home, "bin", "kafka-server-start.sh"), Config, ServerOut]);
        foreach (var (name, value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private bool HasStarted(Process process, long logStart)
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException($"node {Id} ended with code {process.ExitCode} while it started\n{LogTail()}");
        }

        var said = ReadShared(ServerOut, logStart);
        return said.Contains("Kafka Server started", StringComparison.Ordinal)
            && new[] { BrokerPort, ControllerPort }.OfType<int>().All(Listens);
    }

    private static bool Listens(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string ReadShared(string path, long from = 0)
    {
        if (!File.Exists(path))
        {
            return "";
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = Math.Min(from, file.Length);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    [DllImport("libc", EntryPoint = "rename", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Rename(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}
