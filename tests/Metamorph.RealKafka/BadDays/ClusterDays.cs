using System.Diagnostics;
using System.Text.Json.Nodes;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.RealKafka.BadDays;

/// <summary>The cluster, or its machines, are not in a state to be upgraded.</summary>
[Collection(nameof(BadDaysCollection))]
public sealed class ClusterDays(BadDaysCluster shared)
{
    private const string Target = "4.3.1";

    [Fact]
    public async Task A_topic_without_a_spare_replica_is_refused_until_it_is_accepted_by_name()
    {
        _ = KafkaDists.Require(Target);
        var day = await BadDay.OnAsync(shared);
        await Topics.CreateAsync(day.Cluster, "audit", "--replica-assignment", "1", "--config", "min.insync.replicas=1");

        var refused = await day.RunAsync("check", "--to", Target);
        var wrong = await day.RunAsync("check", "--to", Target, "--accept-unavailable", "audits");
        var accepted = await day.RunAsync("check", "--to", Target, "--accept-unavailable", "audit");
        await Topics.DeleteAsync(day.Cluster, "audit");

        Assert.Equal((3, 3, 0), (refused.ExitCode, wrong.ExitCode, accepted.ExitCode));
        Assert.StartsWith("refusal ", refused.Finding("rf1-topic"));
        Assert.Contains("--accept-unavailable audit", refused.Finding("rf1-topic"));
        Assert.Contains("audits", wrong.Finding("no-such-topic"));
        Assert.StartsWith("warning ", accepted.Finding("rf1-topic"));
        day.NothingWasTouched();
    }

    [Fact]
    public async Task A_reassignment_of_somebody_else_is_refused_with_its_partition()
    {
        _ = KafkaDists.Require(Target);
        var day = await BadDay.OnAsync(shared);
        const string Topic = "moving";
        await Topics.CreateAsync(day.Cluster, Topic, "--replica-assignment", "1:2");
        (await day.Cluster.RunToolAsync(
            "kafka-producer-perf-test.sh", "--topic", Topic, "--num-records", "3000", "--record-size", "2000", "--throughput", "-1",
            "--producer-props", $"bootstrap.servers={day.Cluster.Bootstrap}")).Require();
        await File.WriteAllTextAsync(
            day["move.json"], $$"""{"version":1,"partitions":[{"topic":"{{Topic}}","partition":0,"replicas":[1,3]}]}""", TestContext.Current.CancellationToken);
        (await day.Cluster.RunToolAsync(
            "kafka-reassign-partitions.sh", "--reassignment-json-file", day["move.json"], "--execute", "--throttle", "10")).Require();

        var check = await day.RunAsync("check", "--to", Target);
        var upgrade = await day.RunAsync("upgrade", "--to", Target, "--yes");
        (await day.Cluster.RunToolAsync("kafka-reassign-partitions.sh", "--reassignment-json-file", day["move.json"], "--cancel")).Require();
        await Topics.DeleteAsync(day.Cluster, Topic);

        Assert.Equal((3, 3), (check.ExitCode, upgrade.ExitCode));
        Assert.Contains($"1 reassignments under way: {Topic}-0", check.Finding("foreign-reassignment"));
        Assert.Contains("10", check.Finding("throttle-set"));
        day.NothingWasTouched();
    }

    [Fact]
    public async Task Two_processes_with_one_config_are_both_named()
    {
        var day = await BadDay.OnAsync(shared);
        var config = day.Cluster[2].Config;
        var real = day.Cluster[2].FindProcess()!;
        using var second = Process.Start("bash", ["-c", "exec -a java bash -c 'while sleep 1; do :; done' java kafka.Kafka \"$0\"", config])!;
        try
        {
            await Eventually.TrueAsync(
                () => File.ReadAllText($"/proc/{second.Id}/cmdline").StartsWith("java", StringComparison.Ordinal), TimeSpan.FromSeconds(10), "the second process");

            var check = await day.RunAsync("check", "--to", Target);
            var upgrade = await day.RunAsync("upgrade", "--to", Target, "--yes");

            Assert.Equal((3, 3), (check.ExitCode, upgrade.ExitCode));
            Assert.Contains($"processes {real.Pid}, {second.Id} all run with {config}", check.Finding("process-ambiguous"));
        }
        finally
        {
            second.Kill(entireProcessTree: true);
            await second.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        day.NothingWasTouched();
    }

    [Fact]
    public async Task Inspect_prints_the_whole_snapshot_for_machines()
    {
        var day = await BadDay.OnAsync(shared);
        await Topics.CreateAsync(day.Cluster, "orders", "--partitions", "3");

        var said = await day.RunAsync("inspect", "--format", "json", "--out", day["snapshot.json"]);

        Assert.Equal((0, ""), (said.ExitCode, said.Error));
        var snapshot = JsonNode.Parse(said.Output)!;
        Assert.Equal(day.Cluster.ClusterId, (string?)snapshot["clusterId"]);
        Assert.Equal(["1", "2", "3"], snapshot["nodes"]!.AsObject().Select(node => node.Key));
        Assert.All(snapshot["nodes"]!.AsObject(), node => Assert.Equal("3.9.2", (string?)node.Value!["process"]!["release"]));
        Assert.Equal([1, 2, 3], snapshot["quorum"]!["voters"]!.AsArray().Select(voter => (int)voter!["id"]!));
        Assert.Equal(21, (int)snapshot["features"]!["levels"]!["metadata.version"]!);
        Assert.Equal(3, snapshot["topics"]!.AsArray().Single(topic => (string?)topic!["name"] == "orders")!["partitions"]!.AsArray().Count);
        Assert.Empty(snapshot["reassignments"]!.AsArray());
        Assert.True(JsonNode.DeepEquals(snapshot, JsonNode.Parse(await File.ReadAllTextAsync(day["snapshot.json"], TestContext.Current.CancellationToken))));
        day.NothingWasTouched();
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_kept_is_a_wrong_word_and_no_fault()
    {
        var day = await BadDay.OnAsync(shared);

        var said = await day.RunAsync("inspect", "--out", day["nowhere/snapshot.json"]);

        Assert.Equal((2, ""), (said.ExitCode, said.Output));
        Assert.StartsWith($"metamorph: --out: {day["nowhere/snapshot.json"]} cannot be written: ", said.Error);
        day.NothingWasTouched();
    }

    // A frozen broker keeps its process, and for some seconds its registration: only asking it shows that it is not well.
    [Fact]
    public async Task A_broker_that_does_not_answer_is_named_and_nothing_begins()
    {
        _ = KafkaDists.Require(Target);
        var day = await BadDay.OnAsync(shared);
        day.Cluster.PauseNode(3);
        try
        {
            foreach (var command in new[] { "check", "plan" })
            {
                var since = Stopwatch.GetTimestamp();
                var said = await day.RunAsync(command, "--to", Target);
                var took = Stopwatch.GetElapsedTime(since);

                TestContext.Current.TestOutputHelper?.WriteLine($"{command}: {took.TotalSeconds:0.0} s\n{said.Output}\n{said.Error}");
                Assert.Equal(7, said.ExitCode);
                Assert.Contains("node 3", said.Finding("not-answering"));
            }
        }
        finally
        {
            day.Cluster.ContinueNode(3);
        }

        await Whole.AgainAsync(day);
        day.NothingWasTouched();
    }
}
