using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Benchmarks.Codec;

/// <summary>Messages of the shapes that matter: one huge description, many small batches.</summary>
internal static class Samples
{
    private const int Brokers = 60;
    private const int Replication = 3;

    // A small batch of a producer that lingers little; larger ones only hide the codec behind the copying.
    private const int BatchBytes = 1_000;

    /// <summary>
    /// Replica lists as Kafka deals them out: the leader steps through the brokers, the shift grows each round.
    /// </summary>
    public static int[] Striped(int partition)
    {
        var leader = partition % Brokers;
        var shift = (partition / Brokers) % (Brokers - 1);
        return [.. Enumerable.Range(0, Replication).Select(replica =>
            replica == 0 ? leader + 1 : ((leader + 1 + ((shift + replica - 1) % (Brokers - 1))) % Brokers) + 1)];
    }

    /// <summary>Replica lists as years of reassignments may leave them: any three brokers.</summary>
    public static Func<int, int[]> Scattered(Random random) => _ =>
        [.. random.GetItems(Enumerable.Range(1, Brokers).ToArray(), 8).Distinct().Take(Replication)];

    /// <summary>A description of a whole cluster.</summary>
    public static MetadataResponse Metadata(int topics, int partitionsPerTopic, Func<int, int[]> placement) => new()
    {
        ClusterId = "4L6g3nShT-eMCtK--X86sw",
        ControllerId = 1,
        Brokers = [.. Enumerable.Range(1, Brokers).Select(id =>
            new MetadataResponse.Broker
            {
                NodeId = id, Host = $"broker-{id}.kafka.internal", Port = 9092, Rack = $"rack-{id % 3}",
            })],
        Topics = [.. Enumerable.Range(0, topics).Select(topic => new MetadataResponse.Topic
        {
            Name = $"orders.events.{topic}",
            TopicId = new Guid(topic, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
            Partitions = [.. Enumerable.Range(0, partitionsPerTopic).Select(partition =>
            {
                var replicas = placement((topic * partitionsPerTopic) + partition);
                return new MetadataResponse.Partition
                {
                    PartitionIndex = partition,
                    LeaderId = replicas[0],
                    LeaderEpoch = 17,
                    ReplicaNodes = replicas,
                    IsrNodes = replicas,
                };
            })],
        })],
    };

    /// <summary>Many small batches to many partitions.</summary>
    public static ProduceRequest Produce() => new()
    {
        Acks = -1,
        TimeoutMs = 30_000,
        TopicData = [.. Enumerable.Range(0, 20).Select(topic => new ProduceRequest.Topic
        {
            Name = $"orders.events.{topic}",
            PartitionData = [.. Enumerable.Range(0, 50).Select(partition =>
                new ProduceRequest.Partition { Index = partition, Records = new byte[BatchBytes] })],
        })],
    };

    /// <summary>What a consumer of many partitions gets.</summary>
    public static FetchResponse Fetch() => new()
    {
        SessionId = 99,
        Responses = [.. Enumerable.Range(0, 20).Select(topic => new FetchResponse.TopicResponse
        {
            Topic = $"orders.events.{topic}",
            Partitions = [.. Enumerable.Range(0, 50).Select(partition => new FetchResponse.Partition
            {
                PartitionIndex = partition,
                HighWatermark = 1_000_000,
                LastStableOffset = 1_000_000,
                LogStartOffset = 5,
                AbortedTransactions = null,
                Records = new byte[BatchBytes],
            })],
        })],
    };

    /// <summary>A message as bytes.</summary>
    public static byte[] Encode(IKafkaMessage message, short version)
    {
        var writer = new KafkaWriter();
        try
        {
            message.Write(ref writer, version);
            return writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }
}
