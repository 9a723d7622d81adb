using System.Text.Json;

namespace Metamorph.Benchmarks.WholeProgram;

/// <summary>What an operator waits for: the first screen, the plan, and each node of a whole upgrade of three real ones.</summary>
internal static class UpgradeOfThree
{
    public const string From = "3.9.2";
    public const string To = "4.3.1";

    // Enough that leaders move and followers fetch, few enough that Kafka itself is quick.
    private const int Partitions = 30;

    /// <summary>The releases it needs, or <c>null</c> when they are not on this machine.</summary>
    public static Releases? FindReleases() => Releases.Find(From, To);

    public static async Task RunAsync(Scoreboard scoreboard, Releases releases)
    {
        var metamorph = Launched.Build();
        scoreboard.Add("metamorph --help", MedianMilliseconds(7, () => metamorph.Run("--help")), 400, "ms");

        await using var cluster = await ThreeNodes.StartAsync(releases, From);
        await cluster.CreateTopicAsync("orders", Partitions);
        string[] wish = ["-c", cluster.ClusterFile, "--to", To];
        scoreboard.Add(
            $"metamorph plan, three nodes, {From} to {To}", MedianMilliseconds(5, () => metamorph.Run(["plan", .. wish])), 1000, "ms");

        var runs = Path.Combine(cluster.Folder, "runs");
        var upgrade = metamorph.Run(["upgrade", .. wish, "--yes", "--finalize", "now", "--run-dir", runs]);
        scoreboard.Add("metamorph upgrade: peak resident memory", upgrade.PeakBytes / 1024.0 / 1024.0, 150, "MiB");
        scoreboard.Add("metamorph upgrade: whole", upgrade.Time.TotalSeconds, null, "s");
        AddNodes(scoreboard, Directory.EnumerateFiles(runs, "report.json", SearchOption.AllDirectories).Single());
    }

    private static double MedianMilliseconds(int times, Func<Cost> run)
    {
        run();
        return Measure.Median(Enumerable.Range(0, times).Select(_ => run().Time.TotalMilliseconds));
    }

    private static void AddNodes(Scoreboard scoreboard, string report)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(report));
        foreach (var node in document.RootElement.GetProperty("nodes").EnumerateArray())
        {
            double Seconds(string of) => node.GetProperty(of).GetDouble();
            var restart = $"stop {Seconds("stopSeconds"):0.0}, start {Seconds("startSeconds"):0.0}, catch-up {Seconds("catchUpSeconds"):0.0} s";
            scoreboard.Add($"node {node.GetProperty("id")}: waits, beside {restart}", Seconds("waitSeconds"), 3, "s");
        }
    }
}
