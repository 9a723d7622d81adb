using System.Globalization;

namespace Metamorph.Sandbox;

/// <summary>Makes the topics that coordinators keep their state in, at the active controller, once somebody needs them.</summary>
internal static class InternalTopicCreation
{
    private const string DefaultPartitions = "50";
    private const string DefaultReplicas = "3";

    /// <summary>Makes the topic unless it is there, or there are too few brokers for its replicas.</summary>
    public static void Ensure(World world, string name)
    {
        var brokers = world.Metadata.Brokers.Now.Values.Where(broker => broker.IsActive).Select(broker => broker.Id).ToArray();
        var (partitions, replicas) = name == InternalTopics.ConsumerOffsets
            ? (Number(world, "offsets.topic.num.partitions", DefaultPartitions), Number(world, "offsets.topic.replication.factor", DefaultReplicas))
            : (Number(world, "transaction.state.log.num.partitions", DefaultPartitions), Number(world, "transaction.state.log.replication.factor", DefaultReplicas));
        if (world.Metadata.FindTopic(name) is not null || brokers.Length < replicas)
        {
            return;
        }

        var first = world.Entropy.Next(brokers.Length);
        world.Controller.Topics.Install(new TopicSpec
        {
            Name = name,
            Partitions =
            [
                .. Enumerable.Range(0, partitions).Select(index => new PartitionSpec
                {
                    Replicas = [.. Enumerable.Range(0, replicas).Select(place => brokers[(first + index + place) % brokers.Length])],
                }),
            ],
        });
    }

    private static int Number(World world, string property, string otherwise) =>
        int.Parse(world.Topology.Properties.GetValueOrDefault(property, otherwise), CultureInfo.InvariantCulture);
}
