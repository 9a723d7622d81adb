using System.Diagnostics;
using Metamorph.Observation;
using Metamorph.Sandbox;

namespace Metamorph.Benchmarks.Embedded;

/// <summary>200,000 partitions on 60 brokers: what they weigh in the sandbox, and how long it takes to see them all.</summary>
internal static class LargeCluster
{
    private const int Brokers = 60;
    private const int Partitions = 200_000;

    public static async Task RunAsync(Scoreboard scoreboard)
    {
        var what = $"sandbox, {Brokers} brokers, {Partitions:N0} partitions";
        var layout = Clusters.Of(Brokers, controllers: 3, Partitions);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var sandbox = await Clusters.StartAsync(layout);
        scoreboard.Add($"{what}: memory", (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0 / 1024.0, 60, "MiB");

        await using var client = Clusters.NewClient(sandbox);
        var observer = new ClusterObserver(client, sandbox.Drivers);
        foreach (var (scope, goal) in new[] { (SnapshotScope.Full, 500.0), (SnapshotScope.Health, (double?)null) })
        {
            var times = new List<double>();
            for (var look = 0; look < 25; look++)
            {
                var since = Stopwatch.GetTimestamp();
                var snapshot = await observer.ObserveAsync(scope, CancellationToken.None);
                times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
                if (snapshot.Topics.Value.Sum(topic => topic.Partitions.Length) is var seen and not Partitions)
                {
                    throw new InvalidOperationException($"{seen} of {Partitions} partitions were seen");
                }
            }

            // The first ones pay for compilation.
            scoreboard.Add($"{what}: snapshot {scope}, median of 20", Measure.Median(times.Skip(5)), goal, "ms");
        }
    }
}
