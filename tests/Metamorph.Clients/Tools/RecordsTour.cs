using System.Text.RegularExpressions;
using Metamorph.Clients.Clusters;
using Metamorph.Clients.Programs;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.Clients.Tools;

/// <summary>Topics, records, groups and transactions.</summary>
internal sealed partial class RecordsTour(IClusterUnderTest cluster, Tool tool)
{
    private readonly string topic = $"records-{tool.Release}";
    private readonly string group = $"readers-{tool.Release}";
    private readonly int first = cluster.Brokers[0];
    private readonly int second = cluster.Brokers[1];
    private readonly int third = cluster.Brokers[2];

    public async Task WalkAsync()
    {
        await MakeTopicAsync();
        await WriteAndReadAsync();
        await LiveGroupAsync();
        await RestingGroupAsync();
        if (tool.Has("kafka-transactions"))
        {
            await TransactionsAsync();
        }

        await DeleteTopicAsync();
    }

    private async Task MakeTopicAsync()
    {
        string[] create = ["--create", "--topic", topic, "--replica-assignment", $"{first}:{second},{second}:{third}"];
        await RunAsync("kafka-topics", "create", create, new($"Created topic {topic}"));
        await RunAsync("kafka-topics", "create again (refused)", create, new("already exists") { Fails = true });
        await RunAsync(
            "kafka-topics", "create with too many replicas (refused)",
            ["--create", "--topic", $"{topic}-wide", "--partitions", "1", "--replication-factor",
                $"{cluster.Brokers.Count + 1}"],
            new("replication factor") { Fails = true });
        await RunAsync("kafka-topics", "alter partitions", ["--alter", "--topic", topic, "--partitions", "3"], new());
        await RunAsync(
            "kafka-topics", "fewer partitions (refused)", ["--alter", "--topic", topic, "--partitions", "2"],
            new("would not be an increase|only be increased") { Fails = true });
        await RunAsync("kafka-topics", "list", ["--list"], new($@"(?m)^{topic}\s*$"));
        await RunAsync(
            "kafka-topics", "describe", ["--describe", "--topic", topic],
            new(@"PartitionCount:\s*3", @"ReplicationFactor:\s*2",
                $@"Partition: 0\s+Leader: {first}\s+Replicas: {first},{second}\s+Isr: {first},{second}"));
        await RunAsync(
            "kafka-topics", "describe under-replicated", ["--describe", "--under-replicated-partitions"],
            new() { SaysNot = [topic] });
        await RunAsync(
            "kafka-topics", "describe an unknown one (refused)", ["--describe", "--topic", "nowhere"],
            new("does not exist") { Fails = true });
    }

    private async Task WriteAndReadAsync()
    {
        await RunAsync(
            "kafka-console-producer", "write with keys",
            ["--topic", topic, "--property", "parse.key=true", "--property", "key.separator=:"],
            new() { Input = "key:one\nkey:two\n", SaysNot = ["ERROR"] });
        await RunAsync(
            "kafka-verifiable-producer", "write", ["--topic", topic, "--max-messages", "50", "--acks", "-1"],
            new("\"sent\":50", "\"acked\":50"));
        await RunAsync(
            "kafka-console-consumer", "read in a group",
            ["--topic", topic, "--group", group, "--from-beginning", "--max-messages", "52", "--timeout-ms", "30000"],
            new(@"(?m)^one\s*$", @"(?m)^two\s*$", @"(?m)^49\s*$", "Processed a total of 52 messages"));
        await RunAsync(
            "kafka-verifiable-consumer", "read in a group",
            ["--topic", topic, "--group-id", $"{group}-verifiable", "--reset-policy", "earliest", "--max-messages",
                "52"],
            new("partitions_assigned", "offsets_committed.*\"success\":true", "shutdown_complete"));
        await OffsetsAsync();
    }

    private async Task OffsetsAsync()
    {
        var said = await RunAsync("kafka-get-offsets", "latest", ["--topic", topic, "--time", "-1"],
            new($"{topic}:2:"));
        var sum = OffsetLine().Matches(said).Where(line => line.Groups[1].Value == topic).Sum(line =>
            PlainLines.Whole(line.Groups[2].Value));
        tool.Note("kafka-get-offsets", "sum of all partitions", sum == 52 ? null : $"{sum} instead of 52\n{said}");
        await RunAsync("kafka-get-offsets", "earliest", ["--topic", topic, "--time", "-2"],
            new($"{topic}:0:0"));
    }

    private async Task LiveGroupAsync()
    {
        await KcatClient.RequireAsync();
        var live = $"{group}-live";
        var read = new TaskCompletionSource();
        await using var member = ClientProcess.Start(
            ClientCall.UntilEnd(
                "/usr/bin/kcat",
                ["-G", live, "-b", cluster.Bootstrap, "-u", "-X", "auto.offset.reset=earliest", "-f", "read %o %p %o\n",
                    topic],
                PlainLines.Understand),
            _ => read.TrySetResult());
        await read.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await RunAsync(
            "kafka-consumer-groups", "describe members", ["--describe", "--group", live, "--members", "--verbose"],
            new("rdkafka", tool.Release.StartsWith("3.9.", StringComparison.Ordinal)
                ? @"\s\(0,1,2\)" // it leaves the topic out
                : @$"{topic}\(0,1,2\)|{topic}:0,1,2"));
        await RunAsync("kafka-consumer-groups", "describe state", ["--describe", "--group", live, "--state"],
            new("Stable", "range"));
        await RunAsync(
            "kafka-consumer-groups", "reset offsets of a live group (refused)",
            ["--reset-offsets", "--to-earliest", "--topic", topic, "--group", live, "--execute"],
            new("only be reset if the group .* is inactive|current state is Stable"));
        await member.EndAsync();
    }

    private async Task RestingGroupAsync()
    {
        await RunAsync("kafka-consumer-groups", "list", ["--list"], new($@"(?m)^{group}\s*$"));
        await RunAsync("kafka-consumer-groups", "list with states", ["--list", "--state"],
            new($@"(?m)^{group}\s+.*Empty"));
        if (tool.Has("kafka-groups"))
        {
            await RunAsync("kafka-groups", "list", ["--list"], new($@"(?m)^{group}\s+Classic\s+consumer"));
        }

        await RunAsync(
            "kafka-consumer-groups", "describe", ["--describe", "--group", group],
            new("no active members", $@"{group}\s+{topic}\s+0\s+\d+\s+\d+\s+0\s"));
        await RunAsync(
            "kafka-consumer-groups", "reset offsets",
            ["--reset-offsets", "--to-earliest", "--topic", topic, "--group", group, "--execute"],
            new($@"{topic}\s+0\s+0\s"));
        await RunAsync(
            "kafka-consumer-groups", "describe after the reset", ["--describe", "--group", group, "--offsets"],
            new($@"{group}\s+{topic}\s+\d\s+0\s+([1-9]\d*)\s+\1\s"));
        await RunAsync(
            "kafka-consumer-groups", "delete offsets", ["--delete-offsets", "--topic", topic, "--group", group],
                new("Successful"));
        await RunAsync("kafka-consumer-groups", "delete", ["--delete", "--group", $"{group}-verifiable"], new("was successful"));
        await RunAsync(
            "kafka-consumer-groups", "describe a deleted group", ["--describe", "--group", $"{group}-verifiable"],
            new("does not exist|GroupIdNotFoundException: Group .* not found"));
    }

    private async Task TransactionsAsync()
    {
        // The last column of a producer is where its open transaction begins.
        const string row = @"^\d+\s+\d+\s+-?\d+\s+-?\d+\s+\d+\s+";
        var id = $"writer-{tool.Release}";
        var open = (await Command.RunAsync(
            "/usr/bin/node", [ClientFiles.Path("kafkajs-open-transaction.mjs"), cluster.Bootstrap, topic, "0",
                id])).Require();
        var start = open.Output.Trim().Split(' ')[2];
        await RunAsync("kafka-transactions", "list", ["list"], new($@"{id}\s+\d+\s+\d+\s+Ongoing"));
        await RunAsync("kafka-transactions", "describe", ["describe", "--transactional-id", id],
            new("Ongoing", $"{topic}-0"));
        string[] producers = ["describe-producers", "--topic", topic, "--partition", "0"];
        await RunAsync("kafka-transactions", "describe-producers", producers, new($@"(?m){row}{start}\s*$"));
        await RunAsync(
            "kafka-transactions", "find-hanging, where none is",
                ["find-hanging", "--broker-id", $"{first}", "--topic", topic],
            new("ProducerId|Topic") { SaysNot = [id, $@"(?m)^{topic}\s+0\s"] });
        await RunAsync(
            "kafka-transactions", "abort where none begins (refused)",
            ["abort", "--topic", topic, "--partition", "0", "--start-offset", $"{PlainLines.Whole(start) + 1000}"],
            new("Could not find any open transactions") { Fails = true });
        await RunAsync(
            "kafka-transactions", "abort", ["abort", "--topic", topic, "--partition", "0", "--start-offset", start],
                new());

        // The third column is the epoch of the coordinator that ended it: here the tool's own word.
        await RunAsync("kafka-transactions", "describe-producers after it", producers,
            new(@"(?m)^\d+\s+\d+\s+0\s+-?\d+\s+\d+\s+None\s*$"));
    }

    private async Task DeleteTopicAsync()
    {
        await RunAsync("kafka-topics", "delete", ["--delete", "--topic", topic], new() { SaysNot = ["ERROR"] });
        await RunAsync(
            "kafka-topics", "delete again (refused)", ["--delete", "--topic", topic],
                new("does not exist") { Fails = true });
    }

    private Task<string> RunAsync(string name, string deed, string[] arguments, Expected expected) =>
        tool.RunAsync(name, deed, arguments, expected);

    [GeneratedRegex(@"(?m)^(\S+):\d+:(\d+)")]
    private static partial Regex OffsetLine();
}
