using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Sandbox;

namespace Metamorph.Simulation;

/// <summary>What somebody else does to a cluster while it is upgraded.</summary>
internal static class Foreign
{
    private const string MinIsr = "min.insync.replicas";

    /// <summary>Moves a partition to as many brokers as it has, drawn from all.</summary>
    public static void Move(World world, Fault.ForeignReassignment move)
    {
        if (!world.Quorum.IsActive || world.Metadata.FindTopic(move.Topic) is not { } topic || move.Partition >= topic.Partitions.Count)
        {
            return;
        }

        var entropy = new Entropy(move.Choice);
        var brokers = world.Metadata.Brokers.Now.Keys.ToList();
        var count = topic.Partitions[move.Partition].Now.Replicas.Length;
        var target = new List<int>();
        while (target.Count < count)
        {
            var broker = entropy.Pick(brokers);
            brokers.Remove(broker);
            target.Add(broker);
        }

        world.Controller.Reassignments.Alter(move.Topic, move.Partition, [.. target], mayChangeReplicationFactor: true);
    }

    /// <summary>As <c>kafka-reassign-partitions --throttle</c> does it: every replica of the topic, on every broker.</summary>
    /// <param name="world">The cluster.</param>
    /// <param name="name">The topic; one that is gone is left out.</param>
    /// <param name="rate">Bytes a second; null: no throttle any more.</param>
    public static void SetThrottle(World world, string name, long? rate)
    {
        foreach (var side in new[] { "leader", "follower" })
        {
            if (world.Metadata.FindTopic(name) is not null)
            {
                world.Metadata.Configs.Set(
                    ConfigOwner.Topic, name, $"{side}.replication.throttled.replicas", rate is null ? null : "*");
            }

            foreach (var broker in world.Metadata.Brokers.Now.Keys)
            {
                world.Metadata.Configs.Set(ConfigOwner.Broker, $"{broker}", $"{side}.replication.throttled.rate", rate?.ToString());
            }
        }

        world.Metadata.NoteConfig();
    }

    public static void Delete(World world, string name)
    {
        if (world.Quorum.IsActive && world.Metadata.FindTopic(name) is { } topic)
        {
            world.Controller.Topics.Delete(topic);
        }
    }

    /// <summary>Every replica of a topic is to be in sync for a write.</summary>
    /// <returns>What <c>min.insync.replicas</c> was.</returns>
    public static string? RaiseMinIsr(World world, string name)
    {
        var before = world.Metadata.Configs.Find(ConfigOwner.Topic, name, MinIsr);
        SetMinIsr(world, name, world.Metadata.FindTopic(name)?.Partitions[0].Now.Replicas.Length.ToString());
        return before;
    }

    public static void SetMinIsr(World world, string name, string? value)
    {
        if (value is not null && world.Metadata.FindTopic(name) is not null)
        {
            world.Metadata.Configs.Set(ConfigOwner.Topic, name, MinIsr, value);
            world.Metadata.NoteConfig();
        }
    }

    public static void Create(World world, string name)
    {
        if (world.Quorum.IsActive)
        {
            world.Controller.Topics.Create(new CreateTopicsRequest.Topic { Name = name, NumPartitions = 2, ReplicationFactor = 3 });
        }
    }
}
