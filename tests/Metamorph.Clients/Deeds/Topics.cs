using Metamorph.RealKafka.Cluster;

namespace Metamorph.Clients.Deeds;

/// <summary>Makes topics with <c>kafka-topics</c>.</summary>
internal static class Topics
{
    /// <summary>Topics that the cluster places itself, three replicas each.</summary>
    public static Func<string, Task> By(KafkaTools tools, int partitions) =>
        topic => CreateAsync(tools, topic, "--partitions", $"{partitions}", "--replication-factor", "3");

    /// <summary>Topics placed by hand: for each partition its brokers, the preferred leader first.</summary>
    public static Func<string, Task> On(KafkaTools tools, int[][] assignment) =>
        topic => CreateAsync(
            tools, topic,
            "--replica-assignment", string.Join(',', assignment.Select(replicas => string.Join(':', replicas))));

    private static async Task CreateAsync(KafkaTools tools, string topic, params string[] placed) =>
        (await tools.RunAsync("kafka-topics.sh", ["--create", "--topic", topic, .. placed])).Require();
}
