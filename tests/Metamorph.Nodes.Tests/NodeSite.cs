using System.Collections.Immutable;
using System.Diagnostics;
using Metamorph.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace Metamorph.Nodes.Tests;

/// <summary>One node with a folder of its own. Whatever it started ends with the test.</summary>
internal sealed class NodeSite : IAsyncDisposable
{
    private const string Mark = "METAMORPH_TEST_SITE";

    private readonly TempFolder folder = new();
    private readonly List<Process> started = [];

    private NodeSite(string? releases)
    {
        Releases = releases ?? folder["releases"];
        Options = new NodeOptions
        {
            Id = new NodeId(1),
            Home = folder["node/kafka"],
            // A name of its own: not even a driver that went by the name alone would meet anybody else's node.
            Config = folder[$"node/{Path.GetFileName(folder.Path)}.properties"],
            Logs = folder["node/logs"],
        };
        With((Mark, folder.Path));
        Directory.CreateDirectory(folder["node"]);
    }

    public NodeOptions Options { get; private set; }

    public string Releases { get; }

    public string Folder => folder.Path;

    public string this[string relative] => folder[relative];

    /// <summary>A node of fake releases, installed on the first.</summary>
    public static NodeSite Fake(params ReadOnlySpan<(string Name, string Value)> env)
    {
        var site = new NodeSite(releases: null);
        foreach (var version in new[] { "3.9.2", "4.3.1" })
        {
            FakeDist.Write(site.Releases, version);
        }

        File.WriteAllText(site.Options.Config, "process.roles=broker\nnode.id=1\n");
        site.With(("FAKE_ID", "1"));
        site.With(env);
        site.Install("3.9.2");
        return site;
    }

    /// <summary>A node of real releases.</summary>
    public static NodeSite Real(string releases, string config, string installed)
    {
        var site = new NodeSite(releases);
        File.WriteAllText(site.Options.Config, config.Replace("{data}", site["node/data"], StringComparison.Ordinal));
        site.Install(installed);
        return site;
    }

    public void With(params ReadOnlySpan<(string Name, string Value)> env)
    {
        foreach (var (name, value) in env)
        {
            Options = Options with { Env = Options.Env.SetItem(name, value) };
        }
    }

    public ProcessNodeDriver Driver(TimeProvider? time = null) =>
        new(Options, new ReleaseDirectory(Releases), time ?? TimeProvider.System, NullLogger<ProcessNodeDriver>.Instance);

    /// <summary>Gives the config the file name that <paramref name="other"/>'s has, in its own folder.</summary>
    public void NameConfigLike(NodeSite other)
    {
        var config = Path.Combine(Path.GetDirectoryName(Options.Config)!, Path.GetFileName(other.Options.Config));
        File.Move(Options.Config, config);
        Options = Options with { Config = config };
    }

    public void Install(string version)
    {
        File.Delete(Options.Home);
        File.CreateSymbolicLink(Options.Home, Path.Combine(Releases, $"kafka_2.13-{version}"));
    }

    /// <summary>Starts the node as somebody else would, without the driver, with <paramref name="config"/> as it was typed.</summary>
    public Process StartByHand(string? config = null, string? workingFolder = null)
    {
        var start = new ProcessStartInfo("/bin/bash", [
            "-c", """mkdir -p "$LOG_DIR"; exec "$0" "$@" >>"$LOG_DIR/server.out" 2>&1 </dev/null""",
            Path.Combine(Options.Home, "bin/kafka-server-start.sh"), config ?? Options.Config])
        {
            WorkingDirectory = workingFolder ?? "/",
        };
        foreach (var (name, value) in Options.Env.SetItem("LOG_DIR", Options.Logs))
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        started.Add(process);
        return process;
    }

    public string Output => Path.Combine(Options.Logs, "server.out");

    public Task Wrote(string text) =>
        Eventually.Holds(() => File.Exists(Output) && File.ReadAllText(Output).Contains(text), $"'{text}' in {Output}");

    /// <remarks>
    /// What is ended bears this site's mark in its environment. The code under test is not asked: if it were wrong, it
    /// would end the brokers of somebody else.
    /// </remarks>
    public async ValueTask DisposeAsync()
    {
        foreach (var pid in Marked())
        {
            try
            {
                using var process = Process.GetProcessById(pid);
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }
            catch (ArgumentException)
            {
                // It ended between the look and the signal.
            }
        }

        started.ForEach(process => process.Dispose());
        folder.Dispose();
    }

    private IEnumerable<int> Marked()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(path["/proc/".Length])))
        {
            string environment;
            try
            {
                environment = File.ReadAllText(Path.Combine(process, "environ"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            if (environment.Split('\0').Contains($"{Mark}={folder.Path}"))
            {
                yield return int.Parse(Path.GetFileName(process));
            }
        }
    }
}
