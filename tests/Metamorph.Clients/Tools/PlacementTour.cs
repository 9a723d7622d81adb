using Metamorph.Clients.Clusters;

namespace Metamorph.Clients.Tools;

/// <summary>Configs, placement, leaders, sizes, features and the quorum.</summary>
internal sealed class PlacementTour(IClusterUnderTest cluster, Tool tool)
{
    private const string Reassign = "kafka-reassign-partitions";

    private readonly string topic = $"placed-{tool.Release}";
    private readonly int first = cluster.Brokers[0];
    private readonly int second = cluster.Brokers[1];
    private readonly int third = cluster.Brokers[2];

    public async Task WalkAsync()
    {
        await RunAsync(
            "kafka-topics", "create",
            ["--create", "--topic", topic, "--replica-assignment", $"{first}:{second},{second}:{first}", "--config",
                "retention.ms=3600000"],
            new("Created topic"));
        await TopicConfigsAsync();
        await BrokerConfigsAsync();
        await MoveAsync();
        await LeadersAndSizesAsync();
        await RecordsAsync();
        await ClusterAsync();
        await FeaturesAsync();
        if (tool.Has("kafka-metadata-quorum"))
        {
            await QuorumAsync();
        }

        await RunAsync("kafka-topics", "delete", ["--delete", "--topic", topic], new());
    }

    private async Task TopicConfigsAsync()
    {
        string[] entity = ["--entity-type", "topics", "--entity-name", topic];
        await RunAsync(
            "kafka-configs", "alter a topic", ["--alter", .. entity, "--add-config", "max.message.bytes=2000000",
                "--delete-config", "retention.ms"],
            new("Completed updating config"));
        await RunAsync(
            "kafka-configs", "describe a topic", ["--describe", .. entity],
            new("max.message.bytes=2000000", "DYNAMIC_TOPIC_CONFIG") { SaysNot = ["retention.ms=3600000"] });
        await RunAsync(
            "kafka-configs", "an unknown name (refused)", ["--alter", .. entity, "--add-config", "no.such.config=1"],
            new("Unknown topic config") { Fails = true });
        await RunAsync(
            "kafka-configs", "a bad value (refused)", ["--alter", .. entity, "--add-config", "max.message.bytes=many"],
            new("Invalid value many|InvalidConfiguration|not a number") { Fails = true });
    }

    private async Task BrokerConfigsAsync()
    {
        string[] entity = ["--entity-type", "brokers", "--entity-name", $"{first}"];
        await RunAsync(
            "kafka-configs", "alter a broker", ["--alter", .. entity, "--add-config", "log.cleaner.threads=2"],
            new("Completed updating config"));
        await RunAsync("kafka-configs", "describe a broker", ["--describe", .. entity],
            new("log.cleaner.threads=2", "DYNAMIC_BROKER_CONFIG"));
        await RunAsync(
            "kafka-configs", "take it back", ["--alter", .. entity, "--delete-config", "log.cleaner.threads"],
                new("Completed updating config"));
        await RunAsync(
            "kafka-configs", "describe all of a broker", ["--describe", .. entity, "--all"],
            new("log.retention.hours=", "DEFAULT_CONFIG") { SaysNot = ["log.cleaner.threads=2"] });
        await RunAsync(
            "kafka-configs", "the default of all brokers", ["--alter", "--entity-type", "brokers", "--entity-default",
                "--add-config", "message.max.bytes=1048588"],
            new("Completed updating default config"));
    }

    // Enough bytes that a small throttle holds the movement up: a fetch takes a MiB whatever the throttle is.
    private async Task MoveAsync()
    {
        await RunAsync(
            "kafka-producer-perf-test", "write 8 MB",
            ["--topic", topic, "--num-records", "8000", "--record-size", "1000", "--throughput", "-1",
                "--producer-props", $"bootstrap.servers={cluster.Bootstrap}", "acks=all"],
            new("8000 records sent"));
        var topics = Write("topics", $$"""{"version":1,"topics":[{"topic":"{{topic}}"}]}""");
        await RunAsync(
            Reassign, "generate", ["--generate", "--topics-to-move-json-file", topics, "--broker-list",
                $"{second},{third}"],
            new("Current partition replica assignment", "Proposed partition reassignment configuration",
                $"\"topic\":\"{topic}\""));

        var move = Write("move", Plan([third, second], [second, third]));
        await RunAsync(
            Reassign, "execute with a throttle", ["--execute", "--reassignment-json-file", move, "--throttle", "1000"],
            new("throttle limit was set to 1000 B/s", "Successfully started partition reassignments? for"));
        await RunAsync(Reassign, "list", ["--list"],
            new($@"{topic}-0: replicas: .*adding: {third}.*removing: {first}"));
        await RunAsync(
            Reassign, "verify on the way", ["--verify", "--reassignment-json-file", move],
                new($"{topic}-0 is still in progress"));
        await RunAsync(
            "kafka-configs", "describe throttles", ["--describe", "--entity-type", "topics", "--entity-name", topic],
            new("leader.replication.throttled.replicas=", "follower.replication.throttled.replicas="));
        await RunAsync(
            Reassign, "execute over another (refused)", ["--execute", "--reassignment-json-file", move],
            new("existing partition assignment in progress|Cannot execute because") { Fails = true });
        await RunAsync(
            Reassign, "cancel", ["--cancel", "--reassignment-json-file", move],
                new("Successfully cancelled partition reassignments? for"));
        await RunAsync(Reassign, "list nothing", ["--list"], new("No partition reassignments found"));

        await RunAsync(
            Reassign, "execute again", ["--execute", "--reassignment-json-file", move, "--throttle", "50000000"],
            new("Successfully started partition reassignments? for"));
        await tool.UntilAsync(
            Reassign, "verify to the end", ["--verify", "--reassignment-json-file", move],
            $@"{topic}-0 is complete(.|\n)*{topic}-1 is complete(.|\n)*Clearing topic-level throttles");
        await RunAsync(
            "kafka-topics", "describe what was moved", ["--describe", "--topic", topic],
            new($@"Partition: 0\s+Leader: \d+\s+Replicas: {third},{second}\s+Isr: ({third},{second}|{second},{third})")
            {
                SaysNot = ["throttled"],
            });
    }

    private async Task LeadersAndSizesAsync()
    {
        await RunAsync(
            "kafka-leader-election", "preferred", ["--election-type", "preferred", "--topic", topic, "--partition",
                "0"],
            new($@"(completed leader election \(PREFERRED\)|Valid replica already elected) for partitions"));
        await tool.UntilAsync(
            "kafka-topics", "describe the elected", ["--describe", "--topic", topic],
                $@"Partition: 0\s+Leader: {third}\s");
        await RunAsync(
            "kafka-leader-election", "unclean, where it has a leader",
                ["--election-type", "unclean", "--topic", topic, "--partition", "0"],
            new("Valid replica already elected"));
        await RunAsync(
            "kafka-leader-election", "of an unknown partition (refused)",
                ["--election-type", "preferred", "--topic", topic, "--partition", "77"],
            new("does not exist|UnknownTopicOrPartition|unknown") { Fails = true });
        await RunAsync(
            "kafka-log-dirs", "describe", ["--describe", "--topic-list", topic, "--broker-list", $"{second},{third}"],
            new(@$"""broker"":{third}",
                $@"""partition"":""{topic}-0"",""size"":\d{{7,}},""offsetLag"":0,""isFuture"":false"));
    }

    // Of the 8000 records some stand in each partition: the newest tools fill a batch for one, then for the other.
    private async Task RecordsAsync()
    {
        var count = tool.IsAtLeast("4.2.0") ? "--num-records" : "--messages";
        await RunAsync(
            "kafka-consumer-perf-test", "read 8 MB", ["--topic", topic, count, "8000", "--timeout", "30000"],
            new(@"(?m)^\d{4}-\S+ \S+, \d{4}-\S+ \S+, [78]\.\d+, \d+\.\d+, 8\d{3}, "));
        await RunAsync(
            "kafka-e2e-latency", "20 records",
            tool.IsAtLeast("4.2.0")
                ? ["--topic", topic, "--num-records", "20", "--producer-acks", "all", "--record-size", "100"]
                : [cluster.Bootstrap, topic, "20", "all", "100"],
            new("Avg latency: ", "Percentiles: "));
        await RunAsync(
            "kafka-delete-records", "below an offset", ["--offset-json-file", Write("below", Below(100))],
            new(@$"partition: {topic}-0\s+low_watermark: 100\b"));
        await RunAsync(
            "kafka-delete-records", "beyond the end (refused)", ["--offset-json-file", Write("beyond", Below(1_000_000))],
            new(@$"partition: {topic}-0\s+error: .*OffsetOutOfRange"));
        await RunAsync(
            "kafka-get-offsets", "earliest after a deletion", ["--topic", topic, "--time", "-2"],
            new($"{topic}:0:100"));
    }

    private string Below(int offset) =>
        $$"""{"version":1,"partitions":[{"topic":"{{topic}}","partition":0,"offset":{{offset}}}]}""";

    private async Task ClusterAsync()
    {
        await RunAsync(
            "kafka-broker-api-versions", "list", [],
            new([@"Produce\(0\): 0 to", @"ApiVersions\(18\): 0 to",
                .. cluster.Brokers.Select(broker => $@"\(id: {broker} rack: ")]));
        await RunAsync("kafka-cluster", "cluster-id", ["cluster-id"], new(@"Cluster ID: \S{22}"));
        await RunAsync("kafka-cluster", "unregister an unknown broker (refused)", ["unregister", "--id", "99"],
            new("BrokerIdNotRegistered|not registered") { Fails = true });
        if (tool.IsAtLeast("4.0.0"))
        {
            await RunAsync("kafka-cluster", "list-endpoints", ["list-endpoints"], new(@"127\.0\.0\.1|localhost"));
        }

        await RunAsync("kafka-acls", "list, without an authorizer (refused)", ["--list"],
            new("SecurityDisabledException: No Authorizer is configured") { Fails = true });
    }

    private async Task FeaturesAsync()
    {
        var isOld = !tool.IsAtLeast("3.3.0");
        await RunAsync("kafka-features", "describe", [isOld ? "--describe" : "describe"],
            new(@"Feature: metadata.version\s+SupportedMinVersion:"));
        if (isOld)
        {
            return;
        }

        await RunAsync(
            "kafka-features", "upgrade an unknown feature (refused)", ["upgrade", "--feature", "no.such.feature=1"],
            new("not upgrade no.such.feature|no.such.feature") { Fails = true });
        await RunAsync(
            "kafka-features", "upgrade beyond what brokers support (refused)",
                ["upgrade", "--feature", "metadata.version=99"],
            new("metadata.version") { Fails = true });
    }

    private async Task QuorumAsync()
    {
        await RunAsync(
            "kafka-metadata-quorum", "describe status", ["describe", "--status"],
            new(@"ClusterId:\s+\S{22}", @"LeaderId:\s+\d+", @"LeaderEpoch:\s+\d+", @"HighWatermark:\s+\d+",
                "CurrentVoters:"));
        await RunAsync(
            "kafka-metadata-quorum", "describe replication", ["describe", "--replication"],
            new(@"(?m)^\d+\s.*\sLeader\s*$"));
    }

    private string Plan(params int[][] placements) =>
        $$"""{"version":1,"partitions":[{{string.Join(',', placements.Select(PlanOf))}}]}""";

    private string PlanOf(int[] replicas, int partition) =>
        $$"""{"topic":"{{topic}}","partition":{{partition}},"replicas":[{{string.Join(',', replicas)}}]}""";

    private string Write(string name, string json)
    {
        var path = Path.Combine(cluster.Folder, $"{name}-{tool.Release}.json");
        File.WriteAllText(path, json);
        return path;
    }

    private Task<string> RunAsync(string name, string deed, string[] arguments, Expected expected) =>
        tool.RunAsync(name, deed, arguments, expected);
}
