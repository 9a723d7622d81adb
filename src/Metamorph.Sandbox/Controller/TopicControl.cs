using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Topics and partitions come and go (<c>ReplicationControlManager</c>).</summary>
internal sealed class TopicControl(World world)
{
    private readonly TopicCreation creation = new(world);
    private readonly HashSet<string> onTheirWay = [];

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

    /// <summary>Makes a topic, or says why not.</summary>
    /// <param name="wish">What is asked for.</param>
    /// <param name="validateOnly">Only says whether it could be made, and how.</param>
    public (ApiError Error, TopicSpec? Made) Create(CreateTopicsRequest.Topic wish, bool validateOnly = false)
    {
        var (error, spec) = creation.Judge(wish);
        if (spec is null)
        {
            return (error, null);
        }

        // Kafka gives an id to what is only asked for, too.
        spec = spec with { Id = world.Entropy.NextGuid() };
        if (!validateOnly)
        {
            Install(spec);
            var placed = spec.Partitions.Select(partition => $"[{string.Join(',', partition.Replicas)}]");
            world.Say($"topic {spec.Name} is created: {string.Join(' ', placed)}");
        }

        return (error, spec);
    }

    /// <summary>Removes a topic, its configs and its replicas.</summary>
    public void Delete(SandboxTopic topic)
    {
        world.Metadata.Configs.Forget(ConfigOwner.Topic, topic.Name);
        world.Metadata.Remove(topic);
        world.Say($"topic {topic.Name} is deleted");
    }

    /// <summary>Adds partitions to a topic up to a count, or says why not.</summary>
    public ApiError AddPartitions(CreatePartitionsRequest.Topic wish, bool validateOnly)
    {
        if (world.Metadata.FindTopic(wish.Name) is not { } topic)
        {
            return new(ErrorCode.UnknownTopicOrPartition, null);
        }

        var count = topic.Partitions.Count;
        var additional = wish.Count - count;
        if (additional <= 0)
        {
            return new(ErrorCode.InvalidPartitions, additional == 0
                ? $"Topic already has {count} partition(s)."
                : $"The topic {wish.Name} currently has {count} partition(s); {wish.Count} would not be an increase.");
        }

        var (error, partitions) = NewPartitions(topic, wish.Assignments, additional);
        for (var i = 0; i < partitions.Count && !validateOnly; i++)
        {
            world.Metadata.Add(PartitionOf(topic, count + i, partitions[i]));
        }

        return error;
    }

    /// <summary>Whether asking for a topic makes it (<c>auto.create.topics.enable</c>).</summary>
    public bool MayCreateUnasked(string name) =>
        world.Topology.Properties.GetValueOrDefault("auto.create.topics.enable", "true") == "true";

    /// <summary>Makes a topic that somebody asked for, with the defaults of the brokers.</summary>
    public void CreateUnasked(string name)
    {
        if (name is InternalTopics.ConsumerOffsets or InternalTopics.TransactionState)
        {
            EnsureInternal(name);
        }
        else
        {
            CreateSoon(name, () => new() { Name = name, NumPartitions = -1, ReplicationFactor = -1 });
        }
    }

    /// <summary>
    /// Makes the topic of a coordinator, unless it is there or on its way. Whoever needs it asks again: he is told
    /// COORDINATOR_NOT_AVAILABLE until then.
    /// </summary>
    /// <param name="name">One of <see cref="InternalTopics"/>.</param>
    public void EnsureInternal(string name) => CreateSoon(name, () => name == InternalTopics.ConsumerOffsets
        ? Internal(
            name,
            "offsets.topic.",
            ("cleanup.policy", "compact"),
            ("compression.type", "producer"),
            ("segment.bytes", "104857600"))
        : Internal(
            name,
            "transaction.state.log.",
            ("cleanup.policy", "compact"),
            ("compression.type", "uncompressed"),
            ("min.insync.replicas", world.Topology.Properties.GetValueOrDefault("transaction.state.log.min.isr", "2")),
            ("segment.bytes", "104857600"),
            ("unclean.leader.election.enable", "false")));

    private CreateTopicsRequest.Topic Internal(string name, string prefix, params (string Key, string Value)[] configs)
    {
        const int Partitions = 50;
        const int Replicas = 3;

        // Kafka refuses to make it where there are too few brokers; a sandbox of one broker is meant to work at once.
        var replicas = Math.Min(creation.Property($"{prefix}replication.factor", Replicas), world.Metadata.Brokers.Now.Count);
        return new()
        {
            Name = name,
            NumPartitions = creation.Property($"{prefix}num.partitions", Partitions),
            ReplicationFactor = (short)replicas,
            Configs = [.. configs.Select(config => new CreateTopicsRequest.Config { Name = config.Key, Value = config.Value })],
        };
    }

    /// <summary>A broker asks the active controller for it, and only once at a time (<c>AutoTopicCreationManager</c>).</summary>
    private void CreateSoon(string name, Func<CreateTopicsRequest.Topic> wish)
    {
        if (world.Metadata.FindTopic(name) is not null || !onTheirWay.Add(name))
        {
            return;
        }

        world.After(world.Timings.Hop, () => world.Quorum.WhenActive(() =>
        {
            onTheirWay.Remove(name);
            var (error, _) = Create(wish());
            if (error.IsFailure)
            {
                world.Say($"topic {name} is not created: {error.Code} {error.Message}");
            }
        }));
    }

    private (ApiError Error, IReadOnlyList<PartitionSpec> Partitions) NewPartitions(
        SandboxTopic topic, CreatePartitionsRequest.Assignment[]? assignments, int additional)
    {
        var factor = topic.Partitions[0].Now.Replicas.Length;
        if (assignments is null)
        {
            var placer = creation.Placer();
            return placer.WhyNot(factor) is { } why
                ? (new(ErrorCode.InvalidReplicationFactor, why), [])
                : (ApiError.None, [.. placer.Place(additional, factor).Select(creation.NewPartition)]);
        }

        if (assignments.Length != additional)
        {
            return (new(
                ErrorCode.InvalidReplicaAssignment,
                $"Attempted to add {additional} additional partition(s), but only {assignments.Length} assignment(s) were "
                + "specified."), []);
        }

        var partitions = new List<PartitionSpec>();
        foreach (var replicas in assignments.Select(assignment => assignment.BrokerIds))
        {
            var error = ManualAssignment.Judge(replicas, world.Metadata.Brokers.Now, factor);
            var partition = creation.NewPartition(replicas);
            error = error.IsFailure ? error : TopicCreation.JudgeLife(partition, topic.Partitions.Count + partitions.Count);
            if (error.IsFailure)
            {
                return (error, []);
            }

            partitions.Add(partition);
        }

        return (ApiError.None, partitions);
    }

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
