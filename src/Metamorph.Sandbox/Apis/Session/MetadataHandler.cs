using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Tells who the brokers are and who leads what, as the asked broker believes.</summary>
internal sealed class MetadataHandler : ApiHandler<MetadataRequest, MetadataResponse>
{
    protected override void Handle(MetadataRequest request, Call<MetadataResponse> call, World world)
    {
        var applied = call.Life.Applied;
        var brokers = world.Metadata.Brokers.AsOf(applied).Values.Where(broker => !broker.IsFenced).ToList();
        call.Answer(new MetadataResponse
        {
            Brokers =
            [
                .. brokers.Select(broker => new MetadataResponse.Broker
                {
                    NodeId = broker.Id, Host = broker.Endpoint.Host, Port = broker.Endpoint.Port, Rack = broker.Rack,
                }),
            ],
            ClusterId = world.Topology.ClusterId,
            ControllerId = brokers.Count == 0 ? -1 : world.Entropy.Pick(brokers).Id,
            Topics = [.. TopicsOf(request, call, world, [.. brokers.Select(broker => broker.Id)])],
        });
    }

    private static IEnumerable<MetadataResponse.Topic> TopicsOf(
        MetadataRequest request, Call<MetadataResponse> call, World world, HashSet<int> alive)
    {
        var applied = call.Life.Applied;
        if (request.Topics is null || (call.Version == 0 && request.Topics.Length == 0))
        {
            return world.Metadata.TopicsAt(applied).Select(topic => Describe(topic, applied, alive));
        }

        return request.Topics.Select(asked => Find(asked, applied, world) is { } topic
            ? Describe(topic, applied, alive)
            : Missing(asked, request, world));
    }

    private static SandboxTopic? Find(MetadataRequest.Topic asked, long applied, World world) =>
        string.IsNullOrEmpty(asked.Name)
            ? world.Metadata.FindTopic(asked.TopicId, applied)
            : world.Metadata.FindTopic(asked.Name, applied);

    private static MetadataResponse.Topic Missing(MetadataRequest.Topic asked, MetadataRequest request, World world)
    {
        if (string.IsNullOrEmpty(asked.Name))
        {
            return new() { ErrorCode = ErrorCode.UnknownTopicId, Name = null, TopicId = asked.TopicId };
        }

        if (!TopicNames.IsLegal(asked.Name))
        {
            return new() { ErrorCode = ErrorCode.InvalidTopicException, Name = asked.Name };
        }

        if (request.AllowAutoTopicCreation && world.Controller.Topics.MayCreateUnasked(asked.Name))
        {
            world.Controller.Topics.CreateUnasked(asked.Name);
        }

        return new()
        {
            ErrorCode = ErrorCode.UnknownTopicOrPartition,
            Name = asked.Name,
            IsInternal = asked.Name is InternalTopics.ConsumerOffsets or InternalTopics.TransactionState,
        };
    }

    private static MetadataResponse.Topic Describe(SandboxTopic topic, long applied, HashSet<int> alive)
    {
        var partitions = new MetadataResponse.Partition[topic.Partitions.Count];
        var known = 0;
        foreach (var partition in topic.Partitions)
        {
            if (partition.AsOf(applied) is { } believed)
            {
                partitions[known++] = PartitionOf(partition, believed, alive);
            }
        }

        Array.Resize(ref partitions, known);
        return new() { Name = topic.Name, TopicId = topic.Id, IsInternal = topic.IsInternal, Partitions = partitions };
    }

    private static MetadataResponse.Partition PartitionOf(SandboxPartition partition, PartitionRegistration believed, HashSet<int> alive)
    {
        var hasLeader = believed.Leader >= 0 && alive.Contains(believed.Leader);
        return new()
        {
            ErrorCode = hasLeader ? ErrorCode.None : ErrorCode.LeaderNotAvailable,
            PartitionIndex = partition.Index,
            LeaderId = hasLeader ? believed.Leader : -1,
            LeaderEpoch = believed.LeaderEpoch,
            ReplicaNodes = believed.Replicas,
            IsrNodes = believed.Isr,
            OfflineReplicas = AwayOf(believed.Replicas, alive),
        };
    }

    private static int[] AwayOf(int[] replicas, HashSet<int> alive)
    {
        foreach (var replica in replicas)
        {
            if (!alive.Contains(replica))
            {
                return Without(replicas, alive);
            }
        }

        return PartitionRegistration.None;
    }

    /// <remarks>A method of its own, since a closure is allocated where its variables are declared: mostly nothing is away.</remarks>
    private static int[] Without(int[] replicas, HashSet<int> alive) => Array.FindAll(replicas, replica => !alive.Contains(replica));
}
