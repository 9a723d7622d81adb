using System.CommandLine;
using Metamorph.Kafka.Connections;
using Metamorph.Model;
using Metamorph.Nodes;
using Metamorph.Traffic;

namespace Metamorph.Cli;

/// <summary><c>metamorph demo</c>: three real nodes, live clients, a full upgrade with its finalisation, a verdict.</summary>
internal static class DemoCommand
{
    public static Command Build()
    {
        var from = new Option<string?>("--from") { Description = "The release to begin with; the newest that --to can be reached from.", HelpName = "RELEASE" };
        var to = new Option<string?>("--to") { Description = "The release to reach; the newest at hand.", HelpName = "RELEASE" };
        var releases = CommonOptions.Releases();
        var command = new Command("demo", "Three real nodes from the releases at hand, live clients, a full upgrade, a verdict.") { from, to, releases };
        command.SetAction(parsed => RunAsync(parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(releases)));
        return command;
    }

    private static async Task<int> RunAsync(string? fromOption, string? toOption, string? releasesOption)
    {
        var terminal = new Terminal(isJson: false);
        var releases = ReleaseDirectory.Of(releasesOption, fromClusterFile: null, Environment.GetEnvironmentVariable(ReleaseDirectory.Variable));
        var (from, to) = DemoReleases.Choose(releases, fromOption, toOption);
        terminal.Say($"demo: starting three nodes of Kafka {from} on this machine, with a producer and a consumer that account for every record");
        await using var cluster = await StartAsync(releases, from);
        await using var session = ClusterSession.Open(cluster.ClusterFile, releases.Path);
        using var stop = new CancellationTokenSource();
        var traffic = new TrafficRun(
            new TrafficOptions { Bootstrap = session.File.Bootstrap, Partitions = 6 }, new TcpTransport(), TimeProvider.System, Guid.CreateVersion7());
        var flowing = traffic.RunAsync(stop.Token, CancellationToken.None);
        var code = ExitCode.Fault;
        TrafficResult result;
        try
        {
            await UntilFlowingAsync(traffic, flowing);
            code = await new UpgradeSession(session, terminal).RunAsync(OrderOf(cluster, to), CancellationToken.None);
        }
        finally
        {
            await stop.CancelAsync();
            result = await flowing;
        }

        KeepReport(cluster, terminal);
        terminal.Say(TrafficText.Of(result));
        return code == ExitCode.Done && !result.IsClean ? ExitCode.Refused : code;
    }

    /// <summary>Ctrl-C while the nodes come up ends them again.</summary>
    private static async Task<DemoCluster> StartAsync(ReleaseDirectory releases, KafkaRelease release)
    {
        using var signals = new StopSignals(_ => Terminal.Warn("ending the demo"));
        return await DemoCluster.StartAsync(releases, release, signals.Halt);
    }

    /// <summary>A topic that is only being made is not known to every broker yet, and preflight refuses what is not known.</summary>
    private static async Task UntilFlowingAsync(TrafficRun traffic, Task flowing)
    {
        while (traffic.Progress.Totals.Acked < 500 && !flowing.IsCompleted)
        {
            await Task.WhenAny(flowing, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System));
        }
    }

    private static UpgradeOrder OrderOf(DemoCluster cluster, KafkaRelease to) => new()
    {
        Words = new UpgradeWords(to.ToString(), "now", []),
        RunsDirectory = Path.Combine(cluster.Folder, "runs"),
        IsYes = true,
        Patience = TimeSpan.FromMinutes(2),
    };

    /// <summary>The cluster goes, its report stays.</summary>
    private static void KeepReport(DemoCluster cluster, Terminal terminal)
    {
        var report = Directory.EnumerateFiles(cluster.Folder, "report.html", SearchOption.AllDirectories).FirstOrDefault();
        if (report is not null)
        {
            var kept = Path.Combine(Directory.CreateTempSubdirectory("metamorph-report-").FullName, "report.html");
            File.Copy(report, kept);
            terminal.Say($"report kept: {kept}");
        }
    }
}
