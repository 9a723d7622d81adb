using System.Text.Json;
using System.Text.Json.Nodes;
using Metamorph.Journal;
using Metamorph.Model;
using Metamorph.Model.Json;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.RealKafka.BadDays;

/// <summary>Something is wrong with the run itself: its plan, its directory, or who else has it.</summary>
[Collection(nameof(BadDaysCollection))]
public sealed class RunDays(BadDaysCluster shared)
{
    private const string Target = "4.3.1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_plan_of_another_cluster_is_refused()
    {
        var day = await PlannedAsync(shared);
        Change(day["plan.json"], plan => plan["clusterId"] = "somebody-elses");

        var said = await day.RunAsync("upgrade", "--plan", day["plan.json"], "--yes");

        Assert.Equal(3, said.ExitCode);
        Assert.Equal($"metamorph: the plan is for the cluster somebody-elses; this one is {day.Cluster.ClusterId}", said.Error);
        day.NothingWasTouched();
    }

    [Fact]
    public async Task A_plan_that_is_not_what_would_be_done_now_is_refused_with_the_difference()
    {
        var day = await PlannedAsync(shared);
        Change(day["plan.json"], plan => plan["steps"]!.AsArray().RemoveAt(1));

        var said = await day.RunAsync("upgrade", "--plan", day["plan.json"], "--yes");

        Assert.Equal(3, said.ExitCode);
        Assert.Matches(@"^metamorph: the cluster has changed since the plan was made: Restart node \d: 3\.9\.2 → 4\.3\.1\. Make a new plan$", said.Error);
        day.NothingWasTouched();
    }

    [Fact]
    public async Task A_cluster_that_has_become_unfit_since_the_plan_was_made_is_refused()
    {
        var day = await PlannedAsync(shared);
        await Topics.CreateAsync(day.Cluster, "late", "--replica-assignment", "1", "--config", "min.insync.replicas=1");

        var said = await day.RunAsync("upgrade", "--plan", day["plan.json"], "--yes");
        var beside = await day.RunAsync("upgrade", "--plan", day["plan.json"], "--accept-unavailable", "late", "--yes");
        await Topics.DeleteAsync(day.Cluster, "late");

        Assert.Equal(3, said.ExitCode);
        Assert.Contains("topic late", said.Finding("rf1-topic"));
        Assert.Equal((2, "metamorph: --accept-unavailable: given beside --plan, expected in the plan only"), (beside.ExitCode, beside.Error));
        day.NothingWasTouched();
    }

    [Fact]
    public async Task A_plan_with_its_own_wishes_is_taken_as_it_was_approved()
    {
        var day = await PlannedAsync(shared, "--finalize", "after=90m");

        // Nobody is there to confirm: it has come past every comparison, and no further.
        var said = await day.RunAsync("upgrade", "--plan", day["plan.json"]);

        Assert.Equal((2, "metamorph: upgrade: there is no terminal to ask at, expected --yes"), (said.ExitCode, said.Error));
        Assert.Contains("Let the cluster soak for", said.Output);
        day.NothingWasTouched();
    }

    [Fact]
    public async Task A_directory_of_runs_that_cannot_be_written_is_named()
    {
        _ = KafkaDists.Require(Target);
        var day = await BadDay.OnAsync(shared);
        await File.WriteAllTextAsync(day["notes"], "", TestContext.Current.CancellationToken);

        foreach (var runs in new[] { day["notes"], day["notes/runs"], "/proc/metamorph-runs" })
        {
            var said = await day.RunAsync("upgrade", "--to", Target, "--yes", "--run-dir", runs);

            Assert.Equal(2, said.ExitCode);
            Assert.StartsWith($"metamorph: {runs}: ", said.Error);
        }

        day.NothingWasTouched();
    }

    [Fact]
    public async Task A_cluster_that_another_Metamorph_of_this_machine_holds_is_left_alone()
    {
        _ = KafkaDists.Require(Target);
        var day = await BadDay.OnAsync(shared);
        using var held = ClusterLock.Take(day.Cluster.ClusterId, TimeProvider.System);

        var said = await day.RunAsync("upgrade", "--to", Target, "--yes");

        Assert.Equal(8, said.ExitCode);
        Assert.StartsWith($"metamorph: cluster {day.Cluster.ClusterId} is held by process {Environment.ProcessId} of ", said.Error);
        day.NoNodeWasTouched();
    }

    [Fact]
    public async Task A_run_that_waits_is_held_against_a_second_one_and_stops_at_an_interrupt()
    {
        var day = await PlannedAsync(shared);
        Begin(day);
        day.Cluster.PauseNode(3);
        try
        {
            await using var first = MetamorphProcess.Start(day.Folder, "upgrade", "-c", day.Cluster.ClusterFile, "--to", Target, "--yes", "--format", "json");
            await first.WaitForLineAsync(line => line.Contains("\"step-waiting\"", StringComparison.Ordinal), Patience);

            var second = await day.RunAsync("upgrade", "--to", Target, "--yes");
            await using var status = MetamorphProcess.Start(day.Folder, "status", "--format", "json");
            await status.WaitForExitAsync(Patience);
            first.Interrupt();
            var code = await first.WaitForExitAsync(Patience);

            Assert.Equal(8, second.ExitCode);
            Assert.Contains("is held by process ", second.Error);
            var seen = JsonNode.Parse(string.Join('\n', status.Output))!;
            Assert.Equal("waiting", (string?)seen["state"]);
            Assert.NotEmpty(seen["waitingFor"]!.AsArray());
            Assert.Equal(5, code);
            Assert.All(first.Output, line => Assert.NotNull(JsonNode.Parse(line)!["seq"]));
            Assert.DoesNotContain(first.Output, line => line.Contains("\"node-stopping\"", StringComparison.Ordinal));
        }
        finally
        {
            day.Cluster.ContinueNode(3);
        }

        await Whole.AgainAsync(day);
        day.NoNodeWasTouched();
    }

    private static async Task<BadDay> PlannedAsync(BadDaysCluster shared, params string[] wishes)
    {
        _ = KafkaDists.Require(Target);
        var day = await BadDay.OnAsync(shared);
        var said = await day.RunAsync("plan", ["--to", Target, "--out", day["plan.json"], .. wishes]);
        Assert.True(said.ExitCode == 0, $"{said.Output}\n{said.Error}");
        return day;
    }

    /// <summary>A run that an earlier Metamorph began and let go of: an upgrade goes on with it as it finds the cluster.</summary>
    private static void Begin(BadDay day)
    {
        var plan = JsonSerializer.Deserialize(File.ReadAllText(day["plan.json"]), ModelJson.Default.UpgradePlan)!;
        using var run = RunDirectory.Create(day["runs"], plan, TimeProvider.System);
        run.Append(new UpgradeEvent.RunStarted(run.Run, plan.Cluster, plan.From, plan.To, [.. plan.Steps.Select(step => step.Id)], Environment.ProcessId));
        run.Append(new UpgradeEvent.RunEnded(RunEnding.Stopped, "interrupted"));
    }

    private static void Change(string file, Action<JsonNode> change)
    {
        var plan = JsonNode.Parse(File.ReadAllText(file))!;
        change(plan);
        File.WriteAllText(file, plan.ToJsonString());
    }
}
