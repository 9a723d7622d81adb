using System.Globalization;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.RealKafka.Upgrades;

/// <summary>Rolls that are killed, or whose cluster falls ill by itself.</summary>
public sealed class InterruptedRollTests(ITestOutputHelper output)
{
    /// <summary>After which event of the journal the program is killed, and within how many milliseconds: a different step, or part of one, each time.</summary>
    private static readonly (string Marker, int WithinMs)[] KillAfter =
    [
        ("\"step-started\",\"step\":\"back-up-configs\"", 50),
        ("\"node-stopping\"", 2000),
        ("\"node-starting\"", 2000),
        ("\"node-serving\"", 500),
        ("\"node-caught-up\"", 500),
        ("\"step-succeeded\",\"step\":\"restart-", 50),
        ("\"feature-finalizing\"", 50),
    ];

    [Fact]
    public async Task Killed_in_seven_different_steps_the_same_command_comes_to_the_same_end()
    {
        await using var story = await UpgradeStory.BeginAsync(new() { Release = "3.9.2" }, output);
        var seed = Environment.TickCount;
        var random = new Random(seed);
        output.WriteLine($"seed {seed}");
        foreach (var (marker, withinMs) in KillAfter)
        {
            await using var killed = story.Upgrade("4.3.1", "--finalize", "now");
            await UntilJournaledAsync(story, killed, marker, random.Next(0, withinMs));
            await killed.KillAsync();
        }

        await using var upgrade = story.Upgrade("4.3.1", "--finalize", "now");
        await story.RequireExitAsync(upgrade, code: 0);

        Assert.Equal(
            RollTests.DefaultsOf43.OrderBy(feature => feature.Key), (await story.FinalizedAsync()).OrderBy(feature => feature.Key));
        story.RequireLives(_ => 2);
        Assert.Equal(0, story.Report().GetProperty("leftovers").GetArrayLength());
        await story.RequireNothingLostAsync();
    }

    [Fact]
    public async Task A_broker_that_dies_by_itself_holds_everything_back_until_it_is_well()
    {
        await using var story = await UpgradeStory.BeginAsync(new() { Release = "3.9.2" }, output);

        await using var upgrade = story.Upgrade("4.3.1", "--finalize", "now");
        var first = await FirstRestartAsync(story, upgrade);
        var victim = story.Cluster.Nodes.First(node => node.Id != first).Id;
        await story.Cluster.KillNodeAsync(victim);
        var waiting = await story.UntilAsync(
            status => status.GetProperty("state").GetString() == "waiting"
                && status.GetProperty("waitingFor").EnumerateArray().Any(gate =>
                    gate.GetProperty("text").GetString()!.Contains($"broker {victim} ", StringComparison.Ordinal)
                    && gate.GetProperty("partitions").GetArrayLength() > 0),
            "waits for the dead broker, with its partitions", upgrade);
        var running = story.Cluster.Processes();
        Assert.Equal(2, running.Count);
        output.WriteLine(waiting.GetRawText());

        await story.Cluster.StartNodeAsync(victim);
        await story.RequireExitAsync(upgrade, code: 0);

        Assert.Equal(30, (await story.FinalizedAsync())["metadata.version"]);
        await story.RequireNothingLostAsync();
    }

    // The follower is frozen from outside: it falls out of the ISR of orders-0, whose min ISR of 3 is then missed.
    [Fact]
    public async Task A_partition_that_is_pushed_under_min_ISR_from_outside_holds_everything_back_until_it_is_well()
    {
        await using var story = await UpgradeStory.BeginAsync(new() { Release = "3.9.2" }, output);
        (await story.Cluster.RunToolAsync("kafka-topics.sh", "--create", "--topic", "orders", "--partitions", "1")).Require();

        await using var upgrade = story.Upgrade("4.3.1", "--finalize", "now");
        var first = await FirstRestartAsync(story, upgrade);
        await story.RunAsync("pause", "--run-dir", story.Runs);
        await story.UntilStateAsync("paused", upgrade);
        var frozen = story.Cluster.Nodes.First(node => node.Id != first).Id;
        await SetMinIsrAsync(story, 3);
        story.Cluster.PauseNode(frozen);
        try
        {
            await story.RunAsync("resume", "--run-dir", story.Runs);
            var waiting = await story.UntilAsync(
                status => status.GetProperty("waitingFor").EnumerateArray().Any(gate =>
                    gate.GetProperty("partitions").EnumerateArray().Any(partition => partition.GetString() == "orders-0")),
                "waits for orders-0 by name", upgrade);
            output.WriteLine(waiting.GetRawText());
            Assert.Equal(3, story.Cluster.Processes().Count);
        }
        finally
        {
            story.Cluster.ContinueNode(frozen);
            await SetMinIsrAsync(story, 2);
        }

        await story.RequireExitAsync(upgrade, code: 0);

        story.RequireLives(_ => 2);
        await story.RequireNothingLostAsync();
    }

    private static async Task SetMinIsrAsync(UpgradeStory story, int minIsr) => (await story.Cluster.RunToolAsync(
        "kafka-configs.sh", "--alter", "--entity-type", "topics", "--entity-name", "orders", "--add-config", $"min.insync.replicas={minIsr}")).Require();

    /// <returns>The node that is down or starting by the run's hand.</returns>
    private static async Task<int> FirstRestartAsync(UpgradeStory story, MetamorphProcess upgrade)
    {
        await UntilJournaledAsync(story, upgrade, "\"node-stopping\"", afterMs: 0);
        var line = story.Journal().First(line => line.Contains("\"node-stopping\"", StringComparison.Ordinal));
        return System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("node").GetInt32();
    }

    /// <summary>Waits until this executor has journaled the event, and then a moment more.</summary>
    private static async Task UntilJournaledAsync(UpgradeStory story, MetamorphProcess upgrade, string marker, int afterMs)
    {
        var known = story.HasRun ? story.Journal().Count : 0;
        var since = Environment.TickCount64;
        while (!story.HasRun
            || !story.Journal().Skip(known).Any(line => line.Contains(marker, StringComparison.Ordinal)))
        {
            story.Remember();
            Assert.True(upgrade.ExitCode is null, $"ended before {marker}\n{upgrade.Transcript()}");
            Assert.True(Environment.TickCount64 - since < 120_000, $"not within 2 min: {marker}\n{upgrade.Transcript()}");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }

        await Task.Delay(TimeSpan.FromMilliseconds(afterMs));
    }
}
