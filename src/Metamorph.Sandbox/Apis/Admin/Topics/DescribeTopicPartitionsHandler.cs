using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Tells of partitions page by page, with their eligible leader replicas (KIP-966; API key 75).</summary>
internal sealed class DescribeTopicPartitionsHandler
    : ApiHandler<DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse>
{
    // max.request.partition.size.limit
    private const int MostPartitions = 2000;

    // READ, WRITE, CREATE, DELETE, ALTER, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS.
    private const int EveryTopicOperation = 3576;

    protected override void Handle(
        DescribeTopicPartitionsRequest request, Call<DescribeTopicPartitionsResponse> call, World world)
    {
        if (request.Cursor is { } cursor
            && (cursor.PartitionIndex < 0
                || (request.Topics.Length > 0 && !Array.Exists(request.Topics, topic => topic.Name == cursor.TopicName))))
        {
            call.Answer(new()
            {
                Topics =
                [
                    .. request.Topics.Select(topic => new DescribeTopicPartitionsResponse.Topic
                    {
                        ErrorCode = ErrorCode.InvalidRequest, Name = topic.Name,
                    }),
                ],
            });
            return;
        }

        call.Answer(new Page(request, call.Life.Applied, world).Fill());
    }

    /// <summary>One answer, while it fills.</summary>
    private sealed class Page(DescribeTopicPartitionsRequest request, long applied, World world)
    {
        private readonly List<DescribeTopicPartitionsResponse.Topic> topics = [];
        private int room = Math.Clamp(request.ResponsePartitionLimit, 1, MostPartitions);

        public DescribeTopicPartitionsResponse Fill()
        {
            DescribeTopicPartitionsResponse.PageCursor? next = null;
            foreach (var name in NamesFromCursor())
            {
                next = room == 0 ? new() { TopicName = name, PartitionIndex = 0 } : Add(name);
                if (next is not null)
                {
                    break;
                }
            }

            return new() { Topics = [.. topics], NextCursor = next };
        }

        private IEnumerable<string> NamesFromCursor()
        {
            var names = request.Topics.Length == 0
                ? world.Metadata.TopicsAt(applied).Select(topic => topic.Name)
                : request.Topics.Select(topic => topic.Name).Distinct().Order(StringComparer.Ordinal);
            return names.Where(name => string.CompareOrdinal(name, request.Cursor?.TopicName ?? "") >= 0);
        }

        private DescribeTopicPartitionsResponse.PageCursor? Add(string name)
        {
            if (world.Metadata.FindTopic(name, applied) is not { } topic)
            {
                topics.Add(new()
                {
                    ErrorCode = TopicNames.IsLegal(name) ? ErrorCode.UnknownTopicOrPartition : ErrorCode.InvalidTopicException,
                    Name = name,
                    IsInternal = name is InternalTopics.ConsumerOffsets or InternalTopics.TransactionState,
                    TopicAuthorizedOperations = EveryTopicOperation,
                });
                return null;
            }

            var known = topic.Partitions.Where(partition => partition.AsOf(applied) is not null).ToList();
            var from = request.Cursor?.TopicName == name ? request.Cursor.PartitionIndex : 0;
            var upTo = Math.Min(known.Count, from + room);
            var partitions = known.Skip(from).Take(upTo - from).Select(Describe).ToArray();
            topics.Add(new()
            {
                Name = name,
                TopicId = topic.Id,
                IsInternal = topic.IsInternal,
                Partitions = partitions,
                TopicAuthorizedOperations = EveryTopicOperation,
            });
            room -= partitions.Length;
            return upTo < known.Count ? new() { TopicName = name, PartitionIndex = upTo } : null;
        }

        // Unlike Metadata it has no error for a partition without a leader.
        private DescribeTopicPartitionsResponse.Partition Describe(SandboxPartition partition)
        {
            var believed = partition.AsOf(applied)!;
            return new()
            {
                PartitionIndex = partition.Index,
                LeaderId = believed.Leader >= 0 && IsAlive(believed.Leader) ? believed.Leader : -1,
                LeaderEpoch = believed.LeaderEpoch,
                ReplicaNodes = believed.Replicas,
                IsrNodes = believed.Isr,
                EligibleLeaderReplicas = believed.Elr,
                LastKnownElr = believed.LastKnownElr,
                OfflineReplicas = Array.FindAll(believed.Replicas, replica => !IsAlive(replica)),
            };
        }

        private bool IsAlive(int broker) =>
            world.Metadata.Brokers.AsOf(applied).TryGetValue(broker, out var record) && !record.IsFenced;
    }
}
