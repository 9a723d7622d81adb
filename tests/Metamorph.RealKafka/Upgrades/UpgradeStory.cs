using System.Text.Json;
using System.Text.RegularExpressions;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.RealKafka.Upgrades;

/// <summary>One real cluster under traffic, upgraded by the program as an operator would run it, with what must hold at the end.</summary>
internal sealed partial class UpgradeStory : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly ITestOutputHelper output;
    private readonly MetamorphProcess traffic;
    private readonly Dictionary<int, HashSet<SeenProcess>> lives;

    private UpgradeStory(RealCluster cluster, MetamorphProcess traffic, ITestOutputHelper output)
    {
        Cluster = cluster;
        this.traffic = traffic;
        this.output = output;
        lives = cluster.Processes().ToDictionary(node => node.Key, node => new HashSet<SeenProcess> { node.Value });
    }

    public RealCluster Cluster { get; }

    public string Runs => Path.Combine(Cluster.Folder, "runs");

    /// <summary>The run's directory has appeared under its name.</summary>
    public bool HasRun => Directory.Exists(Runs) && RunDirectories.Any();

    private IEnumerable<string> RunDirectories =>
        Directory.GetDirectories(Runs).Where(directory => Path.GetFileName(directory).StartsWith("20", StringComparison.Ordinal));

    /// <summary>Starts the cluster and the traffic, and returns when records flow.</summary>
    public static async Task<UpgradeStory> BeginAsync(RealClusterOptions options, ITestOutputHelper output)
    {
        var cluster = await RealCluster.StartAsync(options);
        try
        {
            var traffic = MetamorphProcess.Start(
                cluster.Folder, "traffic", "--bootstrap", cluster.Bootstrap, "--rate", "300", "--partitions", "6", "--format", "json");
            await traffic.WaitForLineAsync(line => line.Contains("acknowledged", StringComparison.Ordinal), TimeSpan.FromSeconds(60));
            return new UpgradeStory(cluster, traffic, output);
        }
        catch
        {
            output.WriteLine(cluster.LogTails());
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts an upgrade, or goes on with one: the same command.</summary>
    public MetamorphProcess Upgrade(string to, params IEnumerable<string> more) => MetamorphProcess.Start(
        Cluster.Folder, ["upgrade", "-c", Cluster.ClusterFile, "--to", to, "--yes", "--run-dir", Runs, .. more]);

    public async Task<string> RunAsync(params IEnumerable<string> arguments)
    {
        await using var process = MetamorphProcess.Start(Cluster.Folder, arguments);
        var code = await process.WaitForExitAsync(TimeSpan.FromSeconds(30));
        Assert.True(code == 0, process.Transcript());
        return string.Join('\n', process.Output);
    }

    public async Task<JsonElement> StatusAsync() =>
        JsonDocument.Parse(await RunAsync("status", "--run-dir", Runs, "--format", "json")).RootElement;

    /// <summary>Looks at the run until its state is the wanted one.</summary>
    public async Task<JsonElement> UntilAsync(Func<JsonElement, bool> isIt, string awaited, MetamorphProcess upgrade)
    {
        var seen = "";
        for (var since = Environment.TickCount64; Environment.TickCount64 - since < Patience.TotalMilliseconds;)
        {
            Remember();
            Assert.True(upgrade.ExitCode is null, $"the upgrade ended before: {awaited}\n{upgrade.Transcript()}");
            if (HasRun)
            {
                var status = await StatusAsync();
                seen = status.GetRawText();
                if (isIt(status))
                {
                    return status;
                }
            }
        }

        throw new TimeoutException($"{awaited}: not within {Patience}; last seen {seen}\n{upgrade.Transcript()}");
    }

    public Task<JsonElement> UntilStateAsync(string state, MetamorphProcess upgrade) =>
        UntilAsync(status => status.GetProperty("state").GetString() == state, $"state {state}", upgrade);

    public async Task RequireExitAsync(MetamorphProcess upgrade, int code)
    {
        var watching = WatchAsync(upgrade);
        var seen = await upgrade.WaitForExitAsync(Patience);
        await watching;
        if (seen != code)
        {
            output.WriteLine(Cluster.LogTails());
        }

        Assert.True(seen == code, $"exit code {seen}, expected {code}\n{upgrade.Transcript()}");
    }

    /// <summary>What Kafka's own tool says is finalized.</summary>
    public async Task<Dictionary<string, int>> FinalizedAsync()
    {
        var described = (await Cluster.RunToolAsync("kafka-features.sh", "describe")).Require();
        return described.Lines.Select(line => FinalizedLine().Match(line)).Where(match => match.Success)
            .ToDictionary(match => match.Groups[1].Value, match => LevelOf(match.Groups[2].Value));
    }

    public static int LevelOf(string text) => int.TryParse(text, out var level) ? level : MetadataLevels[text];

    public JsonElement Report() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(RunDirectories.Single(), "report.json"))).RootElement;

    public IReadOnlyList<string> Journal() =>
        File.ReadAllLines(Path.Combine(RunDirectories.Single(), "journal.jsonl"));

    /// <summary>Ends the traffic and requires that every record is accounted for.</summary>
    public async Task RequireNothingLostAsync()
    {
        traffic.Interrupt();
        await traffic.WaitForExitAsync(TimeSpan.FromMinutes(3));
        output.WriteLine(string.Join('\n', traffic.Output));
        var account = JsonDocument.Parse(traffic.Output.Last(line => line.StartsWith('{'))).RootElement;
        Assert.Equal(
            (0L, 0L, 0L, 0),
            (account.GetProperty("lost").GetInt64(), account.GetProperty("duplicated").GetInt64(),
                account.GetProperty("outOfOrder").GetInt64(), account.GetProperty("errors").GetArrayLength()));
        Assert.True(account.GetProperty("acked").GetInt64() > 1000, account.GetRawText());
        Assert.Equal(account.GetProperty("sent").GetInt64(), account.GetProperty("acked").GetInt64());
    }

    /// <summary>Each node lived exactly so often while the upgrade ran; the first life is the one before it.</summary>
    public void RequireLives(Func<int, int> livesOf)
    {
        Remember();
        Assert.All(lives, node => Assert.True(
            node.Value.Count == livesOf(node.Key), $"node {node.Key} lived {node.Value.Count} times: {string.Join(", ", node.Value)}"));
    }

    /// <summary>Adds the processes that run now to those that were ever seen.</summary>
    public void Remember()
    {
        foreach (var (id, process) in Cluster.Processes())
        {
            lives[id].Add(process);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await traffic.DisposeAsync();
        await Cluster.DisposeAsync();
    }

    [GeneratedRegex(@"^Feature: (\S+)\s.*FinalizedVersionLevel: (\S+)")]
    private static partial Regex FinalizedLine();

    private async Task WatchAsync(MetamorphProcess upgrade)
    {
        while (upgrade.ExitCode is null)
        {
            Remember();
            await Task.WhenAny(upgrade.Exited, Task.Delay(TimeSpan.FromMilliseconds(200)));
        }
    }

    /// <summary>kafka-features shows metadata.version by name.</summary>
    private static readonly Dictionary<string, int> MetadataLevels = new()
    {
        ["3.5-IV2"] = 11,
        ["3.9-IV0"] = 21,
        ["4.3-IV0"] = 30,
    };
}
