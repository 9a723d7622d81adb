using Metamorph.RealKafka.Cluster;

namespace Metamorph.RealKafka.Capture;

/// <summary>Runs every Kafka tool that an operator may use during an upgrade once, so that each API is spoken at least once.</summary>
/// <param name="cluster">Three brokers with ids 1 to 3.</param>
/// <param name="tools">The release that speaks.</param>
/// <param name="say">Where the tools that failed are named: not every release knows every option.</param>
internal sealed class ToolTour(RealCluster cluster, KafkaTools tools, Action<string> say)
{
    private readonly string topic = $"orders-{tools.Release}";
    private readonly string group = $"billing-{tools.Release}";

    public async Task WalkAsync()
    {
        await TopicsAsync();
        await TrafficAsync();
        await GroupsAsync();
        await ConfigsAsync();
        await PlacementAsync();
        await ClusterAsync();
        await RunAsync("kafka-topics.sh", "--delete", "--topic", topic);
    }

    private async Task TopicsAsync()
    {
        await RunAsync("kafka-topics.sh", "--create", "--topic", topic, "--replica-assignment", "1:2,2:3", "--config", "retention.ms=3600000");
        await RunAsync("kafka-topics.sh", "--alter", "--topic", topic, "--partitions", "3");
        await RunAsync("kafka-topics.sh", "--list");
        await RunAsync("kafka-topics.sh", "--describe", "--topic", topic);
        await RunAsync("kafka-topics.sh", "--describe", "--under-replicated-partitions");
    }

    private async Task TrafficAsync()
    {
        await RunAsync("kafka-verifiable-producer.sh", "--topic", topic, "--max-messages", "20", "--acks", "-1");
        await FeedAsync("key:one\nkey:two\n", "kafka-console-producer.sh", "--topic", topic, "--property", "parse.key=true", "--property", "key.separator=:");
        await RunAsync("kafka-producer-perf-test.sh", "--topic", topic, "--num-records", "20", "--record-size", "32", "--throughput", "100",
            "--transactional-id", $"tx-{tools.Release}", "--transaction-duration-ms", "50",
            "--producer-props", $"bootstrap.servers={cluster.Bootstrap}", "compression.type=lz4");
        await RunAsync("kafka-console-consumer.sh", "--topic", topic, "--group", group, "--from-beginning", "--max-messages", "20");
        await RunAsync("kafka-verifiable-consumer.sh", "--topic", topic, "--group-id", $"{group}-v", "--reset-policy", "earliest", "--max-messages", "20");
        await RunAsync("kafka-console-consumer.sh", "--topic", topic, "--group", $"{group}-consumer", "--from-beginning", "--max-messages", "20",
            "--timeout-ms", "8000", "--consumer-property", "group.protocol=consumer");
        await RunAsync("kafka-get-offsets.sh", "--topic", topic, "--time", "-1");
        await RunAsync("kafka-transactions.sh", "list");
        await RunAsync("kafka-transactions.sh", "describe", "--transactional-id", $"tx-{tools.Release}");
        await RunAsync("kafka-transactions.sh", "describe-producers", "--topic", topic, "--partition", "0");
        await RunAsync("kafka-delete-records.sh", "--offset-json-file",
            Write($$"""{"partitions":[{"topic":"{{topic}}","partition":0,"offset":1}],"version":1}"""));
    }

    private async Task GroupsAsync()
    {
        await RunAsync("kafka-consumer-groups.sh", "--list", "--state");
        await RunAsync("kafka-groups.sh", "--list");
        await RunAsync("kafka-consumer-groups.sh", "--describe", "--all-groups");
        await RunAsync("kafka-consumer-groups.sh", "--describe", "--group", group, "--members", "--verbose");
        await RunAsync("kafka-consumer-groups.sh", "--reset-offsets", "--to-earliest", "--topic", topic, "--group", group, "--execute");
        await RunAsync("kafka-consumer-groups.sh", "--delete-offsets", "--topic", topic, "--group", group);
        await RunAsync("kafka-consumer-groups.sh", "--delete", "--group", group);
    }

    private async Task ConfigsAsync()
    {
        await RunAsync("kafka-configs.sh", "--alter", "--entity-type", "topics", "--entity-name", topic, "--add-config", "max.message.bytes=200000");
        await RunAsync("kafka-configs.sh", "--describe", "--entity-type", "topics", "--entity-name", topic);
        await RunAsync("kafka-configs.sh", "--alter", "--entity-type", "brokers", "--entity-name", "1", "--add-config", "log.cleaner.threads=2");
        await RunAsync("kafka-configs.sh", "--describe", "--entity-type", "brokers", "--entity-name", "1");
        await RunAsync("kafka-configs.sh", "--alter", "--entity-type", "clients", "--entity-name", "app", "--add-config", "producer_byte_rate=1000000");
        await RunAsync("kafka-configs.sh", "--describe", "--entity-type", "clients");
        await RunAsync("kafka-configs.sh", "--alter", "--entity-type", "users", "--entity-name", "anna",
            "--add-config", "SCRAM-SHA-256=[iterations=4096,password=secret]");
        await RunAsync("kafka-configs.sh", "--describe", "--entity-type", "users");
        await RunAsync("kafka-acls.sh", "--add", "--allow-principal", "User:anna", "--operation", "Read", "--topic", topic);
        await RunAsync("kafka-acls.sh", "--list");
        await RunAsync("kafka-acls.sh", "--remove", "--force", "--allow-principal", "User:anna", "--operation", "Read", "--topic", topic);
    }

    private async Task PlacementAsync()
    {
        var moved = Write($$"""{"version":1,"partitions":[{"topic":"{{topic}}","partition":0,"replicas":[2,3],"log_dirs":["any","{{cluster[3].DataDir}}"]}]}""");
        await RunAsync("kafka-reassign-partitions.sh", "--reassignment-json-file", moved, "--execute", "--throttle", "1000000");
        await RunAsync("kafka-reassign-partitions.sh", "--list");
        await RunAsync("kafka-reassign-partitions.sh", "--reassignment-json-file", moved, "--verify");
        await RunAsync("kafka-leader-election.sh", "--election-type", "preferred", "--all-topic-partitions");
        await RunAsync("kafka-log-dirs.sh", "--describe", "--topic-list", topic);
    }

    private async Task ClusterAsync()
    {
        await RunAsync("kafka-broker-api-versions.sh");
        await RunAsync("kafka-cluster.sh", "cluster-id");
        await RunAsync("kafka-cluster.sh", "unregister", "--id", "99");
        await RunAsync("kafka-cluster.sh", "list-endpoints", "--include-fenced-brokers");
        await RunAsync("kafka-features.sh", "describe");
        await RunAsync("kafka-features.sh", "upgrade", "--metadata", string.Join('.', cluster[1].Release.Split('.')[..2]), "--dry-run");
        await RunAsync("kafka-metadata-quorum.sh", "describe", "--replication");
        await RunAsync("kafka-metadata-quorum.sh", "remove-controller", "--controller-id", "9", "--controller-directory-id", KafkaUuid.New());
    }

    private Task RunAsync(string tool, params IEnumerable<string> arguments) => FeedAsync(null, tool, arguments);

    private async Task FeedAsync(string? input, string tool, params IEnumerable<string> arguments)
    {
        if (!File.Exists(cluster.Dists.Script(tools.Release, tool)))
        {
            return;
        }

        var ran = await tools.RunAsync(tool, input, WithAddress(tool, arguments));
        if (ran.ExitCode != 0)
        {
            say($"{tools.Release} {tool} {string.Join(' ', arguments)}: {string.Join(" | ", (ran.Output + ran.Error).Split('\n').Take(3))}");
        }
    }

    // kafka-cluster.sh alone wants the address after its sub-command.
    private string[] WithAddress(string tool, IEnumerable<string> arguments) =>
        tool == "kafka-cluster.sh" ? [.. arguments, "--bootstrap-server", cluster.Bootstrap] : [.. arguments];

    private string Write(string json)
    {
        var path = Path.Combine(cluster.Folder, $"{Guid.NewGuid():N}.json");
        File.WriteAllText(path, json);
        return path;
    }
}
