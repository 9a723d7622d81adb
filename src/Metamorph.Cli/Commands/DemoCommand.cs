using System.CommandLine;
using Metamorph.Kafka.Connections;
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
        await using var cluster = await DemoCluster.StartAsync(releases, from, CancellationToken.None);
        await using var session = ClusterSession.Open(cluster.ClusterFile, releases.Path);
        using var stop = new CancellationTokenSource();
        var traffic = new TrafficRun(
            new TrafficOptions { Bootstrap = session.File.Bootstrap, Partitions = 6 }, new TcpTransport(), TimeProvider.System, Guid.CreateVersion7());
        var flowing = traffic.RunAsync(stop.Token, CancellationToken.None);
        var code = await new UpgradeSession(session, terminal).RunAsync(
            new UpgradeOrder
            {
                Words = new UpgradeWords(to.ToString(), "now", []),
                RunsDirectory = Path.Combine(cluster.Folder, "runs"),
                IsYes = true,
                Patience = TimeSpan.FromMinutes(2),
            },
            CancellationToken.None);
        await stop.CancelAsync();
        var result = await flowing;
        KeepReport(cluster, terminal);
        terminal.Say(TrafficText.Of(result));
        return code == ExitCode.Done && !result.IsClean ? ExitCode.Refused : code;
    }

    /// <summary>The cluster goes, its report stays.</summary>
    private static void KeepReport(DemoCluster cluster, Terminal terminal)
    {
        var report = Directory.EnumerateFiles(cluster.Folder, "report.html", SearchOption.AllDirectories).FirstOrDefault();
        if (report is not null)
        {
            var kept = Path.Combine(Path.GetTempPath(), "metamorph-demo-report.html");
            File.Copy(report, kept, overwrite: true);
            terminal.Say($"report kept: {kept}");
        }
    }
}
