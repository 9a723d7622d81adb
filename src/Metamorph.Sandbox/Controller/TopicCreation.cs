using System.Collections.Immutable;
using System.Globalization;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Judges a wish for a topic, and works out what it would be (<c>ReplicationControlManager.createTopic</c>).</summary>
internal sealed class TopicCreation(World world)
{
    private ImmutableSortedDictionary<int, BrokerRecord> Brokers => world.Metadata.Brokers.Now;

    /// <summary>The topic as it would be made, or why it is not.</summary>
    public (ApiError Error, TopicSpec? Spec) Judge(CreateTopicsRequest.Topic wish)
    {
        var error = JudgeName(wish.Name);
        error = error.IsFailure ? error : JudgeConfigs(wish);
        if (error.IsFailure)
        {
            return (error, null);
        }

        (error, var partitions) = wish.Assignments.Length > 0 ? Chosen(wish) : Counted(wish);
        return error.IsFailure ? (error, null) : (error, new TopicSpec
        {
            Name = wish.Name,
            Partitions = [.. partitions],
            Configs = wish.Configs.ToImmutableSortedDictionary(
                config => config.Name, config => config.Value!, StringComparer.Ordinal),
        });
    }

    /// <summary>A property of the controllers' <c>server.properties</c>, as a number.</summary>
    public int Property(string name, int otherwise) =>
        world.Topology.Properties.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>In sync at the beginning is whoever is active, and the first of those leads.</summary>
    public PartitionSpec NewPartition(int[] replicas) => new()
    {
        Replicas = replicas,
        Isr = Array.FindAll(replicas, world.Controller.Brokers.IsActive),
    };

    public ReplicaPlacer Placer() => new(world.Entropy, Brokers.Values, world.Quorum.Profile!);

    private ApiError JudgeName(string name)
    {
        if (world.Metadata.FindTopic(name) is not null)
        {
            return new(ErrorCode.TopicAlreadyExists, $"Topic '{name}' already exists.");
        }

        if (TopicNames.WhyIllegal(name) is { } why)
        {
            return new(ErrorCode.InvalidTopicException, why);
        }

        return name.AsSpan().ContainsAny('.', '_')
            && world.Metadata.Topics.Keys.FirstOrDefault(other => TopicNames.Collide(name, other)) is { } colliding
                ? new(ErrorCode.InvalidTopicException, $"Topic '{name}' collides with existing topic: {colliding}")
                : ApiError.None;
    }

    private ApiError JudgeConfigs(CreateTopicsRequest.Topic wish)
    {
        var withoutValue = wish.Configs.Where(config => config.Value is null).Select(config => config.Name).ToList();
        return withoutValue.Count > 0
            ? new(ErrorCode.InvalidConfig, $"Null value not supported for topic configs: {string.Join(',', withoutValue)}")
            : ConfigRules.JudgeTopic(
                world.Quorum.Profile!.Configs, wish.Configs.Select(config => KeyValuePair.Create(config.Name, config.Value!)));
    }

    private (ApiError Error, IReadOnlyList<PartitionSpec> Partitions) Chosen(CreateTopicsRequest.Topic wish)
    {
        if (wish.ReplicationFactor != -1)
        {
            return Refuse(
                ErrorCode.InvalidRequest,
                "A manual partition assignment was specified, but replication factor was not set to -1.");
        }

        if (wish.NumPartitions != -1)
        {
            return Refuse(
                ErrorCode.InvalidRequest,
                "A manual partition assignment was specified, but numPartitions was not set to -1.");
        }

        var chosen = new SortedDictionary<int, PartitionSpec>();
        int? replicationFactor = null;
        foreach (var assignment in wish.Assignments)
        {
            var index = assignment.PartitionIndex;
            if (chosen.ContainsKey(index))
            {
                return Refuse(
                    ErrorCode.InvalidReplicaAssignment,
                    $"Found multiple manual partition assignments for partition {index}");
            }

            var error = ManualAssignment.Judge(assignment.BrokerIds, Brokers, replicationFactor);
            chosen[index] = NewPartition(assignment.BrokerIds);
            error = error.IsFailure ? error : JudgeLife(chosen[index], index);
            if (error.IsFailure)
            {
                return (error, []);
            }

            replicationFactor = assignment.BrokerIds.Length;
        }

        return chosen.Keys.SequenceEqual(Enumerable.Range(0, chosen.Count))
            ? (ApiError.None, [.. chosen.Values])
            : Refuse(ErrorCode.InvalidReplicaAssignment, "partitions should be a consecutive 0-based integer sequence");
    }

    private (ApiError Error, IReadOnlyList<PartitionSpec> Partitions) Counted(CreateTopicsRequest.Topic wish)
    {
        if (wish.ReplicationFactor is < -1 or 0)
        {
            return Refuse(
                ErrorCode.InvalidReplicationFactor,
                "Replication factor must be larger than 0, or -1 to use the default value.");
        }

        if (wish.NumPartitions is < -1 or 0)
        {
            return Refuse(ErrorCode.InvalidPartitions, "Number of partitions was set to an invalid non-positive value.");
        }

        var count = wish.NumPartitions == -1 ? Property("num.partitions", 1) : wish.NumPartitions;
        var factor = wish.ReplicationFactor == -1 ? Property("default.replication.factor", 1) : wish.ReplicationFactor;
        var placer = Placer();
        return placer.WhyNot(factor) is { } why
            ? Refuse(ErrorCode.InvalidReplicationFactor, $"Unable to replicate the partition {factor} time(s): {why}")
            : (ApiError.None, [.. placer.Place(count, factor).Select(NewPartition)]);
    }

    /// <summary>Refuses a partition that nobody could lead.</summary>
    public static ApiError JudgeLife(PartitionSpec partition, int index) => partition.Isr is []
        ? new(
            ErrorCode.InvalidReplicaAssignment,
            $"All brokers specified in the manual partition assignment for partition {index} are fenced or in controlled shutdown.")
        : ApiError.None;

    private static (ApiError Error, IReadOnlyList<PartitionSpec> Partitions) Refuse(ErrorCode code, string why) =>
        (new(code, why), []);
}
