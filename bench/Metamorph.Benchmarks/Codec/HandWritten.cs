using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Benchmarks.Codec;

/// <summary>What one would write by hand for one version of a message: the measure of the generated codecs.</summary>
internal static class HandWritten
{
    public static MetadataResponse ReadMetadata12(ref KafkaReader reader)
    {
        var throttle = reader.ReadInt32();
        var brokers = new MetadataResponse.Broker[reader.ReadArrayLength(compact: true, 11)];
        for (var i = 0; i < brokers.Length; i++)
        {
            brokers[i] = new MetadataResponse.Broker
            {
                NodeId = reader.ReadInt32(),
                Host = reader.ReadString(compact: true),
                Port = reader.ReadInt32(),
                Rack = reader.ReadNullableString(compact: true),
            };
            reader.SkipTags();
        }

        var clusterId = reader.ReadNullableString(compact: true);
        var controller = reader.ReadInt32();
        var topics = new MetadataResponse.Topic[reader.ReadArrayLength(compact: true, 26)];
        for (var i = 0; i < topics.Length; i++)
        {
            topics[i] = ReadTopic(ref reader);
        }

        reader.SkipTags();
        return new MetadataResponse
        {
            ThrottleTimeMs = throttle, Brokers = brokers, ClusterId = clusterId, ControllerId = controller,
            Topics = topics,
        };
    }

    public static void Write(MetadataResponse response, ref KafkaWriter writer)
    {
        writer.WriteInt32(response.ThrottleTimeMs);
        writer.WriteLength(response.Brokers.Length, compact: true);
        foreach (var broker in response.Brokers)
        {
            writer.WriteInt32(broker.NodeId);
            writer.WriteString(broker.Host, compact: true);
            writer.WriteInt32(broker.Port);
            writer.WriteNullableString(broker.Rack, compact: true);
            writer.WriteNoTags();
        }

        writer.WriteNullableString(response.ClusterId, compact: true);
        writer.WriteInt32(response.ControllerId);
        writer.WriteLength(response.Topics.Length, compact: true);
        foreach (var topic in response.Topics)
        {
            writer.WriteInt16((short)topic.ErrorCode);
            writer.WriteNullableString(topic.Name, compact: true);
            writer.WriteUuid(topic.TopicId);
            writer.WriteBool(topic.IsInternal);
            writer.WriteLength(topic.Partitions.Length, compact: true);
            foreach (ref readonly var partition in topic.Partitions.AsSpan())
            {
                Write(in partition, ref writer);
            }

            writer.WriteInt32(topic.TopicAuthorizedOperations);
            writer.WriteNoTags();
        }

        writer.WriteNoTags();
    }

    public static ProduceRequest ReadProduce9(ref KafkaReader reader)
    {
        var transactionalId = reader.ReadNullableString(compact: true);
        var acks = reader.ReadInt16();
        var timeout = reader.ReadInt32();
        var topics = new ProduceRequest.Topic[reader.ReadArrayLength(compact: true, 3)];
        for (var i = 0; i < topics.Length; i++)
        {
            var name = reader.ReadString(compact: true);
            var partitions = new ProduceRequest.Partition[reader.ReadArrayLength(compact: true, 6)];
            for (var j = 0; j < partitions.Length; j++)
            {
                partitions[j] = new ProduceRequest.Partition
                {
                    Index = reader.ReadInt32(), Records = reader.ReadNullableBytes(compact: true),
                };
                reader.SkipTags();
            }

            reader.SkipTags();
            topics[i] = new ProduceRequest.Topic { Name = name, PartitionData = partitions };
        }

        reader.SkipTags();
        return new ProduceRequest
        {
            TransactionalId = transactionalId, Acks = acks, TimeoutMs = timeout, TopicData = topics,
        };
    }

    public static void Write(ProduceRequest request, ref KafkaWriter writer)
    {
        writer.WriteNullableString(request.TransactionalId, compact: true);
        writer.WriteInt16(request.Acks);
        writer.WriteInt32(request.TimeoutMs);
        writer.WriteLength(request.TopicData.Length, compact: true);
        foreach (var topic in request.TopicData)
        {
            writer.WriteString(topic.Name, compact: true);
            writer.WriteLength(topic.PartitionData.Length, compact: true);
            foreach (var partition in topic.PartitionData)
            {
                writer.WriteInt32(partition.Index);
                writer.WriteNullableBytes(partition.Records, compact: true);
                writer.WriteNoTags();
            }

            writer.WriteNoTags();
        }

        writer.WriteNoTags();
    }

    public static FetchResponse ReadFetch11(ref KafkaReader reader)
    {
        var throttle = reader.ReadInt32();
        var error = (ErrorCode)reader.ReadInt16();
        var session = reader.ReadInt32();
        var topics = new FetchResponse.TopicResponse[reader.ReadArrayLength(compact: false, 6)];
        for (var i = 0; i < topics.Length; i++)
        {
            var name = reader.ReadString(compact: false);
            var partitions = new FetchResponse.Partition[reader.ReadArrayLength(compact: false, 30)];
            for (var j = 0; j < partitions.Length; j++)
            {
                partitions[j] = ReadFetchedPartition(ref reader);
            }

            topics[i] = new FetchResponse.TopicResponse { Topic = name, Partitions = partitions };
        }

        return new FetchResponse
        {
            ThrottleTimeMs = throttle, ErrorCode = error, SessionId = session, Responses = topics,
        };
    }

    public static void Write(FetchResponse response, ref KafkaWriter writer)
    {
        writer.WriteInt32(response.ThrottleTimeMs);
        writer.WriteInt16((short)response.ErrorCode);
        writer.WriteInt32(response.SessionId);
        writer.WriteLength(response.Responses.Length, compact: false);
        foreach (var topic in response.Responses)
        {
            writer.WriteString(topic.Topic, compact: false);
            writer.WriteLength(topic.Partitions.Length, compact: false);
            foreach (var partition in topic.Partitions)
            {
                Write(partition, ref writer);
            }
        }
    }

    private static MetadataResponse.Topic ReadTopic(ref KafkaReader reader)
    {
        var error = (ErrorCode)reader.ReadInt16();
        var name = reader.ReadNullableString(compact: true);
        var id = reader.ReadUuid();
        var isInternal = reader.ReadBool();
        var partitions = new MetadataResponse.Partition[reader.ReadArrayLength(compact: true, 18)];
        for (var i = 0; i < partitions.Length; i++)
        {
            partitions[i] = new MetadataResponse.Partition
            {
                ErrorCode = (ErrorCode)reader.ReadInt16(),
                PartitionIndex = reader.ReadInt32(),
                LeaderId = reader.ReadInt32(),
                LeaderEpoch = reader.ReadInt32(),
                ReplicaNodes = reader.ReadInternedInt32Array(compact: true),
                IsrNodes = reader.ReadInternedInt32Array(compact: true),
                OfflineReplicas = reader.ReadInternedInt32Array(compact: true),
            };
            reader.SkipTags();
        }

        var operations = reader.ReadInt32();
        reader.SkipTags();
        return new MetadataResponse.Topic
        {
            ErrorCode = error, Name = name, TopicId = id, IsInternal = isInternal, Partitions = partitions,
            TopicAuthorizedOperations = operations,
        };
    }

    private static void Write(in MetadataResponse.Partition partition, ref KafkaWriter writer)
    {
        writer.WriteInt16((short)partition.ErrorCode);
        writer.WriteInt32(partition.PartitionIndex);
        writer.WriteInt32(partition.LeaderId);
        writer.WriteInt32(partition.LeaderEpoch);
        Write(partition.ReplicaNodes, ref writer);
        Write(partition.IsrNodes, ref writer);
        Write(partition.OfflineReplicas, ref writer);
        writer.WriteNoTags();
    }

    private static void Write(int[] nodes, ref KafkaWriter writer)
    {
        writer.WriteLength(nodes.Length, compact: true);
        writer.WriteElements(nodes);
    }

    private static FetchResponse.Partition ReadFetchedPartition(ref KafkaReader reader)
    {
        var index = reader.ReadInt32();
        var error = (ErrorCode)reader.ReadInt16();
        var highWatermark = reader.ReadInt64();
        var lastStable = reader.ReadInt64();
        var logStart = reader.ReadInt64();
        var abortedCount = reader.ReadNullableArrayLength(compact: false, 16);
        var aborted = abortedCount < 0 ? null : new FetchResponse.AbortedTransaction[abortedCount];
        for (var i = 0; i < abortedCount; i++)
        {
            aborted![i] = new FetchResponse.AbortedTransaction
            {
                ProducerId = reader.ReadInt64(), FirstOffset = reader.ReadInt64(),
            };
        }

        return new FetchResponse.Partition
        {
            PartitionIndex = index,
            ErrorCode = error,
            HighWatermark = highWatermark,
            LastStableOffset = lastStable,
            LogStartOffset = logStart,
            AbortedTransactions = aborted,
            PreferredReadReplica = reader.ReadInt32(),
            Records = reader.ReadNullableBytes(compact: false),
        };
    }

    private static void Write(FetchResponse.Partition partition, ref KafkaWriter writer)
    {
        writer.WriteInt32(partition.PartitionIndex);
        writer.WriteInt16((short)partition.ErrorCode);
        writer.WriteInt64(partition.HighWatermark);
        writer.WriteInt64(partition.LastStableOffset);
        writer.WriteInt64(partition.LogStartOffset);
        writer.WriteLength(partition.AbortedTransactions?.Length ?? -1, compact: false);
        foreach (var aborted in partition.AbortedTransactions ?? [])
        {
            writer.WriteInt64(aborted.ProducerId);
            writer.WriteInt64(aborted.FirstOffset);
        }

        writer.WriteInt32(partition.PreferredReadReplica);
        writer.WriteNullableBytes(partition.Records, compact: false);
    }
}
