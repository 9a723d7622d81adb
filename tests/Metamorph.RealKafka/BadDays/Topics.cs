using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.RealKafka.BadDays;

/// <summary>Makes and removes topics so that every broker knows: Kafka's own tools return when the controller does.</summary>
internal static class Topics
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task CreateAsync(RealCluster cluster, string topic, params string[] arguments)
    {
        (await cluster.RunToolAsync("kafka-topics.sh", ["--create", "--if-not-exists", "--topic", topic, .. arguments])).Require();
        await EveryBrokerAsync(cluster, topics => topics.Any(known => known.Name == topic && IsWhole(known)));
    }

    public static async Task DeleteAsync(RealCluster cluster, string topic)
    {
        (await cluster.RunToolAsync("kafka-topics.sh", "--delete", "--topic", topic)).Require();
        await EveryBrokerAsync(cluster, topics => topics.All(known => known.Name != topic));
    }

    private static async Task EveryBrokerAsync(RealCluster cluster, Func<MetadataResponse.Topic[], bool> isSo)
    {
        Endpoint[] brokers = [.. cluster.Nodes.Select(node => new Endpoint("127.0.0.1", node.BrokerPort!.Value))];
        await using var client = new KafkaClient(brokers, new TcpTransport(), new KafkaClientOptions(), TimeProvider.System);
        using var patience = new CancellationTokenSource(Patience);
        foreach (var broker in brokers)
        {
            while (!isSo(await ReadAsync(client, broker, patience.Token)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
            }
        }
    }

    private static async Task<MetadataResponse.Topic[]> ReadAsync(KafkaClient client, Endpoint broker, CancellationToken cancellationToken) =>
        (await client.SendAsync(broker, new MetadataRequest { Topics = null, AllowAutoTopicCreation = false }, cancellationToken)).Topics;

    private static bool IsWhole(MetadataResponse.Topic topic) =>
        topic.ErrorCode == ErrorCode.None
        && topic.Partitions.All(partition => partition.LeaderId >= 0 && partition.IsrNodes.Length == partition.ReplicaNodes.Length);
}
