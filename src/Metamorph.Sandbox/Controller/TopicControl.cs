namespace Metamorph.Sandbox;

/// <summary>Topics and partitions come and go (<c>ReplicationControlManager</c>).</summary>
internal sealed class TopicControl(World world)
{
    /// <summary>Makes a topic as it is told, without asking whether that is allowed.</summary>
    public SandboxTopic Install(TopicSpec spec)
    {
        var topic = new SandboxTopic(spec.Name, spec.Id ?? world.Entropy.NextGuid(), world.Metadata.End + 1);
        world.Metadata.Add(topic);
        foreach (var (key, value) in spec.Configs)
        {
            world.Metadata.Configs.Set(ConfigOwner.Topic, spec.Name, key, value);
        }

        for (var index = 0; index < spec.Partitions.Length; index++)
        {
            world.Metadata.Add(PartitionOf(topic, index, spec.Partitions[index]));
        }

        return topic;
    }

    /// <summary>Whether asking for a topic makes it (<c>auto.create.topics.enable</c>).</summary>
    public bool MayCreateUnasked(string name) =>
        world.Topology.Properties.GetValueOrDefault("auto.create.topics.enable", "true") == "true";

    /// <summary>Makes a topic that somebody asked for, with the defaults of the brokers.</summary>
    public void CreateUnasked(string name) => world.Say($"nobody makes topic {name} yet");

    private static SandboxPartition PartitionOf(SandboxTopic topic, int index, PartitionSpec spec)
    {
        var isr = spec.Isr ?? spec.Replicas;
        var registration = new PartitionRegistration
        {
            Leader = spec.Leader ?? (isr.Length > 0 ? isr[0] : -1),
            LeaderEpoch = spec.LeaderEpoch,
            PartitionEpoch = 0,
            Replicas = spec.Replicas,
            Isr = isr,
            Adding = spec.Adding,
            Removing = spec.Removing,
        };
        return new SandboxPartition(topic, index, registration) { QuietEndOffset = spec.EndOffset, QuietBytes = spec.Bytes };
    }
}
