using Metamorph.RealKafka.Cluster;

namespace Metamorph.RealKafka.Upgrades;

/// <summary>Whole rolls of real clusters under traffic: nothing lost, nothing restarted twice, every feature where it belongs.</summary>
public sealed class RollTests(ITestOutputHelper output)
{
    internal static readonly Dictionary<string, int> DefaultsOf43 = new()
    {
        ["metadata.version"] = 30,
        ["transaction.version"] = 2,
        ["group.version"] = 1,
        ["eligible.leader.replicas.version"] = 1,
        ["share.version"] = 1,
        ["streams.version"] = 1,
        // Irreversible, and another kind of quorum: never raised unasked.
        ["kraft.version"] = 0,
    };

    [Fact]
    public async Task Three_combined_nodes_go_from_3_9_2_to_4_3_1_and_are_finalized_on_approval()
    {
        await using var story = await UpgradeStory.BeginAsync(new() { Release = "3.9.2" }, output);

        await using var upgrade = story.Upgrade("4.3.1");
        await story.UntilStateAsync("awaiting-approval", upgrade);
        Assert.Equal(21, (await story.FinalizedAsync())["metadata.version"]);
        var before = story.Cluster.Processes();
        await story.RunAsync("approve", "--run-dir", story.Runs);
        await story.RequireExitAsync(upgrade, code: 0);

        Assert.Equal(DefaultsOf43.OrderBy(feature => feature.Key), (await story.FinalizedAsync()).OrderBy(feature => feature.Key));
        Assert.Equal(before.OrderBy(node => node.Key), story.Cluster.Processes().OrderBy(node => node.Key));
        story.RequireLives(_ => 2);
        RequireWholeReport(story, nodes: 3);
        await story.RequireNothingLostAsync();
    }

    [Fact]
    public async Task Three_combined_nodes_go_from_3_5_2_to_3_9_2()
    {
        await using var story = await UpgradeStory.BeginAsync(new() { Release = "3.5.2" }, output);

        await using var upgrade = story.Upgrade("3.9.2", "--finalize", "now");
        await story.RequireExitAsync(upgrade, code: 0);

        Assert.Equal(
            new Dictionary<string, int> { ["kraft.version"] = 0, ["metadata.version"] = 21 }.OrderBy(feature => feature.Key),
            (await story.FinalizedAsync()).OrderBy(feature => feature.Key));
        story.RequireLives(_ => 2);
        RequireWholeReport(story, nodes: 3);
        await story.RequireNothingLostAsync();
    }

    [Fact]
    public async Task Three_brokers_with_three_controllers_go_from_3_9_2_to_4_3_1_controllers_first()
    {
        await using var story = await UpgradeStory.BeginAsync(
            new() { Release = "3.9.2", Layout = ClusterLayout.Dedicated(brokers: 3, controllers: 3) }, output);

        await using var upgrade = story.Upgrade("4.3.1", "--finalize", "now");
        await story.RequireExitAsync(upgrade, code: 0);

        Assert.Equal(DefaultsOf43.OrderBy(feature => feature.Key), (await story.FinalizedAsync()).OrderBy(feature => feature.Key));
        story.RequireLives(_ => 2);
        RequireWholeReport(story, nodes: 6);
        var order = story.Journal().Where(line => line.Contains("\"node-stopping\"", StringComparison.Ordinal)).ToList();
        Assert.All(order.Take(3), line => Assert.Contains("\"node\":10", line, StringComparison.Ordinal));
        await story.RequireNothingLostAsync();
    }

    // The brokers that restart while the active controller is still 3.5 register without group.version and the like, for
    // good. They, and only they, restart once more before the finalisation.
    [Fact]
    public async Task Brokers_that_registered_with_an_older_controller_register_again_before_the_finalisation()
    {
        await using var story = await UpgradeStory.BeginAsync(new() { Release = "3.5.2" }, output);

        await using var upgrade = story.Upgrade("4.3.1", "--finalize", "now");
        await story.RequireExitAsync(upgrade, code: 0);

        Assert.Equal(DefaultsOf43.OrderBy(feature => feature.Key), (await story.FinalizedAsync()).OrderBy(feature => feature.Key));
        var again = story.Journal().Count(line => line.Contains("\"node-stopping\",\"step\":\"register-again-", StringComparison.Ordinal));
        Assert.Equal(2, again);
        await story.RequireNothingLostAsync();
    }

    private static void RequireWholeReport(UpgradeStory story, int nodes)
    {
        var report = story.Report();
        Assert.Equal("done", report.GetProperty("state").GetString());
        Assert.Equal(0, report.GetProperty("leftovers").GetArrayLength());
        Assert.Equal(nodes, report.GetProperty("nodes").GetArrayLength());
        Assert.True(report.GetProperty("features").GetArrayLength() > 0);
    }
}
