using System.CommandLine;
using Metamorph.Kafka.Connections;
using Metamorph.Model;
using Metamorph.Nodes;
using Metamorph.Traffic;

namespace Metamorph.Cli;

/// <summary><c>metamorph demo</c>: a cluster, live clients, a full upgrade with its finalisation, a verdict.</summary>
internal static class DemoCommand
{
    /// <summary>Each broker is restarted in turn: with more of them a demo is no demo.</summary>
    private const int MostBrokers = 9;

    public static Command Build()
    {
        var from = new Option<string?>("--from") { Description = "The release to begin with; the newest 3.9, or the line before --to.", HelpName = "RELEASE" };
        var to = new Option<string?>("--to") { Description = "The release to reach; the newest.", HelpName = "RELEASE" };
        var brokers = new Option<int>("--brokers") { Description = "Brokers of the embedded cluster.", DefaultValueFactory = _ => 3 };
        var real = new Option<bool>("--real") { Description = "Three real nodes from the releases at hand, which need Java, in place of the embedded cluster." };
        var releases = CommonOptions.Releases();
        var command = new Command("demo", "A cluster in this process, live clients, a full upgrade, a verdict.") { from, to, brokers, real, releases };
        command.SetAction(parsed => RunAsync(new DemoWords(
            parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(brokers), parsed.GetValue(real), parsed.GetValue(releases))));
        return command;
    }

    private static async Task<int> RunAsync(DemoWords words)
    {
        if (words.Brokers is < 1 or > MostBrokers || (words.IsReal && words.Brokers != 3))
        {
            throw new CommandException(ExitCode.BadInput, $"--brokers: {words.Brokers}, expected {(words.IsReal ? "3 with --real" : $"1 to {MostBrokers}")}");
        }

        var terminal = new Terminal(isJson: false);
        var (cluster, target) = words.IsReal ? await StartRealAsync(words, terminal) : await StartEmbeddedAsync(words, terminal);
        await using (cluster)
        {
            return await UpgradeAsync(cluster, target, (short)Math.Min(3, words.Brokers), terminal);
        }
    }

    private static async Task<int> UpgradeAsync(IDemoCluster cluster, KafkaRelease to, short replication, Terminal terminal)
    {
        await using var session = cluster.Open();
        using var stop = new CancellationTokenSource();
        var traffic = new TrafficRun(
            new TrafficOptions { Bootstrap = session.File.Bootstrap, Partitions = 6, ReplicationFactor = replication, Producers = 2, Consumers = 2 },
            new TcpTransport(),
            TimeProvider.System,
            Guid.CreateVersion7());
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

    private static async Task<(IDemoCluster Cluster, KafkaRelease Target)> StartEmbeddedAsync(DemoWords words, Terminal terminal)
    {
        var (from, to) = DemoReleases.ChooseImitated(words.From, words.To);
        terminal.Say($"demo: {(words.Brokers == 1 ? "a broker" : $"{words.Brokers} brokers")} of Kafka {from} in this process, with producers and consumers that account for every record");
        terminal.Say("      simulated: brokers, controllers, their disks and processes. Not simulated: the clients, the wire protocol over TCP, Metamorph itself, and time");
        return (await EmbeddedDemoCluster.StartAsync(from, words.Brokers), to);
    }

    /// <summary>Ctrl-C while the nodes come up ends them again.</summary>
    private static async Task<(IDemoCluster Cluster, KafkaRelease Target)> StartRealAsync(DemoWords words, Terminal terminal)
    {
        var releases = ReleaseDirectory.Of(words.Releases, fromClusterFile: null, Environment.GetEnvironmentVariable(ReleaseDirectory.Variable));
        var (from, to) = DemoReleases.Choose(releases, words.From, words.To);
        terminal.Say($"demo: starting three nodes of Kafka {from} on this machine, with producers and consumers that account for every record");
        using var signals = new StopSignals(_ => Terminal.Warn("ending the demo"));
        return (await RealDemoCluster.StartAsync(releases, from, signals.Halt), to);
    }

    /// <summary>A topic that is only being made is not known to every broker yet, and preflight refuses what is not known.</summary>
    private static async Task UntilFlowingAsync(TrafficRun traffic, Task flowing)
    {
        while (traffic.Progress.Totals.Acked < 500 && !flowing.IsCompleted)
        {
            await Task.WhenAny(flowing, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System));
        }
    }

    private static UpgradeOrder OrderOf(IDemoCluster cluster, KafkaRelease to) => new()
    {
        Words = new UpgradeWords(to.ToString(), "now", []),
        RunsDirectory = Path.Combine(cluster.Folder, "runs"),
        IsYes = true,
        Patience = TimeSpan.FromMinutes(2),
    };

    /// <summary>The cluster goes, its report stays.</summary>
    private static void KeepReport(IDemoCluster cluster, Terminal terminal)
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

/// <summary>The words of <c>metamorph demo</c> as they were typed.</summary>
internal sealed record DemoWords(string? From, string? To, int Brokers, bool IsReal, string? Releases);
