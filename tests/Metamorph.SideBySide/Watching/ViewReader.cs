using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.SideBySide.Watching;

/// <summary>Reads one broker's view of the cluster, whole: no two moments are mixed in it.</summary>
/// <remarks>
/// Several answers make a view, and the broker may learn something between them. They are taken between two equal
/// answers of Metadata, and taken anew when those differ.
/// </remarks>
internal static class ViewReader
{
    /// <exception cref="Kafka.Errors.KafkaException">The broker did not answer.</exception>
    public static async Task<ClusterView> ReadAsync(KafkaClient client, Endpoint broker, CancellationToken cancellation)
    {
        var connection = await client.ConnectAsync(broker, cancellation);
        var before = await MetadataAsync(connection, cancellation);
        while (true)
        {
            var registered = await RegisteredAsync(connection, cancellation);
            var described = await DescribedAsync(connection, cancellation);
            var features = await FeaturesAsync(connection, cancellation);
            var after = await MetadataAsync(connection, cancellation);
            if (Fingerprint(before) == Fingerprint(after))
            {
                return new ClusterView(BrokersOf(after, registered), PartitionsOf(after, described), features);
            }

            before = after;
        }
    }

    private static Task<MetadataResponse> MetadataAsync(KafkaConnection connection, CancellationToken cancellation) =>
        connection.SendAsync(new MetadataRequest { Topics = null, AllowAutoTopicCreation = false }, cancellation);

    /// <summary>Fenced brokers can be asked for from version 2 on (4.0); before it, nobody tells.</summary>
    private static async Task<DescribeClusterResponse.Broker[]> RegisteredAsync(
        KafkaConnection connection, CancellationToken cancellation)
    {
        if (connection.RangeOf(ApiKey.DescribeCluster) is not { Max: >= 2 })
        {
            return [];
        }

        return (await connection.SendAsync(
            new DescribeClusterRequest { IncludeFencedBrokers = true }, cancellation)).Brokers;
    }

    private static async Task<Dictionary<string, DescribeTopicPartitionsResponse.Partition>> DescribedAsync(
        KafkaConnection connection, CancellationToken cancellation)
    {
        if (connection.RangeOf(ApiKey.DescribeTopicPartitions) is null)
        {
            return [];
        }

        var answer = await connection.SendAsync(new DescribeTopicPartitionsRequest(), cancellation);
        return answer.Topics.SelectMany(topic => topic.Partitions.Select(partition => (topic.Name, partition)))
            .ToDictionary(found => $"{found.Name}-{found.partition.PartitionIndex}", found => found.partition);
    }

    private static async Task<SortedDictionary<string, int>> FeaturesAsync(
        KafkaConnection connection, CancellationToken cancellation)
    {
        var answer = await connection.SendAsync(
            new ApiVersionsRequest { ClientSoftwareName = "metamorph", ClientSoftwareVersion = "1" }, cancellation);
        return new SortedDictionary<string, int>(
            answer.FinalizedFeatures.ToDictionary(feature => feature.Name, feature => (int)feature.MaxVersionLevel),
            StringComparer.Ordinal);
    }

    private static SortedDictionary<int, string> BrokersOf(
        MetadataResponse live, IEnumerable<DescribeClusterResponse.Broker> registered)
    {
        var brokers = new SortedDictionary<int, string>();
        foreach (var fenced in registered.Where(broker => broker.IsFenced))
        {
            brokers[fenced.BrokerId] = "fenced";
        }

        foreach (var broker in live.Brokers)
        {
            brokers[broker.NodeId] = "live";
        }

        return brokers;
    }

    private static SortedDictionary<string, PartitionView> PartitionsOf(
        MetadataResponse told, Dictionary<string, DescribeTopicPartitionsResponse.Partition> described)
    {
        var partitions = new SortedDictionary<string, PartitionView>(StringComparer.Ordinal);
        foreach (var topic in told.Topics)
        {
            foreach (var partition in topic.Partitions)
            {
                var name = $"{topic.Name}-{partition.PartitionIndex}";
                partitions[name] = PartitionView.Of(
                    partition, described.TryGetValue(name, out var more) ? more : null);
            }
        }

        return partitions;
    }

    private static string Fingerprint(MetadataResponse answer) =>
        string.Join(
            '\n',
            answer.Brokers.Select(broker => $"{broker.NodeId}").Order().Concat(
                PartitionsOf(answer, []).Select(partition => $"{partition.Key} {partition.Value}")));
}
