using System.Diagnostics;
using Metamorph.Execution;
using Metamorph.Journal;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.Model;
using Metamorph.Observation;
using Metamorph.Planning;
using Metamorph.Sandbox;

namespace Metamorph.Benchmarks.Embedded;

/// <summary>A whole upgrade of 100 brokers with 20,000 partitions, on one thread in virtual time.</summary>
internal static class LargeRoll
{
    private const int Brokers = 100;
    private const int Partitions = 20_000;

    public static void Run(Scoreboard scoreboard)
    {
        var layout = Clusters.Of(Brokers, controllers: 5, Partitions) with { Start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        var since = Stopwatch.GetTimestamp();
        var (ended, took) = Roll(layout, KafkaRelease.Parse("4.3.1"));
        if (ended.Ending != RunEnding.Done)
        {
            throw new InvalidOperationException($"the roll ended {ended.Ending}: {ended.Text}");
        }

        scoreboard.Add(
            $"sandbox, {Brokers} brokers, {Partitions:N0} partitions: a roll of {took.TotalMinutes:0.0} min",
            Stopwatch.GetElapsedTime(since).TotalSeconds, 10, "s");
    }

    private static (UpgradeEvent.RunEnded Ended, TimeSpan Took) Roll(SandboxLayout layout, KafkaRelease target)
    {
        var time = new VirtualTime(layout.Start);
        using var sandbox = new VirtualSandbox(layout.Listeners, layout.ToTopology, time);
        var thread = new OneThread(time) { Longest = TimeSpan.FromHours(12) };
        var ended = thread.Run(async () =>
        {
            await using var client = new KafkaClient(sandbox.Core.Topology.Bootstrap, sandbox.Transport, new KafkaClientOptions(), time);
            var drivers = sandbox.Drivers;
            var observer = new ClusterObserver(client, drivers);
            var wish = new UpgradeWish { Cluster = "large", Target = target, Finalize = FinalizePolicy.Now };
            var prepared = await new UpgradePreparation(client, observer, drivers).PrepareAsync(wish, CancellationToken.None);
            var journal = new MemoryJournal("large", prepared.Plan!, time);
            var executor = new UpgradeExecutor(journal, observer, new ClusterControl(client), drivers, new ExecutionOptions(), time);
            return await executor.RunAsync(pid: 1, CancellationToken.None, CancellationToken.None);
        });
        return (ended, time.Now - layout.Start);
    }
}
