using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>One fetch of a consumer, which may be read several times until there is enough.</summary>
internal sealed class FetchRead(FetchRequest request, Call<FetchResponse> call, World world)
{
    private const sbyte ReadCommitted = 1;

    private int left;
    private int given;
    private bool hasFailed;

    /// <summary>The partitions that were asked for and that this broker leads.</summary>
    public List<SandboxPartition> Watched { get; } = [];

    /// <summary>Reads what there is now.</summary>
    /// <returns>The answer, and whether it should go out at once: it has the bytes that were wanted, or an error.</returns>
    public (FetchResponse Response, bool IsEnough) Read()
    {
        (left, given, hasFailed) = (request.MaxBytes, 0, false);
        Watched.Clear();
        var topics = request.Topics.Select(ReadTopic).ToArray();
        return (new FetchResponse { Responses = topics, NodeEndpoints = EndpointsOf(topics) }, hasFailed || given >= request.MinBytes);
    }

    private FetchResponse.TopicResponse ReadTopic(FetchRequest.FetchTopic asked)
    {
        var topic = call.Version >= 13
            ? world.Metadata.FindTopic(asked.TopicId, call.Life.Applied)
            : world.Metadata.FindTopic(asked.Topic, call.Life.Applied);
        return new()
        {
            Topic = asked.Topic,
            TopicId = asked.TopicId,
            Partitions = [.. asked.Partitions.Select(partition => ReadPartition(topic, partition))],
        };
    }

    private FetchResponse.Partition ReadPartition(SandboxTopic? topic, FetchRequest.FetchPartition asked)
    {
        if (topic is null || asked.Partition < 0 || asked.Partition >= topic.Partitions.Count)
        {
            return Failed(asked, topic is null && call.Version >= 13 ? ErrorCode.UnknownTopicId : ErrorCode.UnknownTopicOrPartition);
        }

        var partition = topic.Partitions[asked.Partition];
        var (error, leader) = world.Replication.Led(call.Node, call.Life, partition, asked.CurrentLeaderEpoch);
        if (leader is null)
        {
            return error is ErrorCode.NotLeaderOrFollower or ErrorCode.FencedLeaderEpoch
                && call.Version >= 16 && partition.AsOf(call.Life.Applied) is { } believed
                ? Failed(asked, error, believed)
                : Failed(asked, error);
        }

        Watched.Add(partition);
        return asked.FetchOffset < leader.Log.Start || asked.FetchOffset > leader.Log.End
            ? Failed(asked, ErrorCode.OffsetOutOfRange)
            : Records(asked, leader);
    }

    private FetchResponse.Partition Records(FetchRequest.FetchPartition asked, Replica leader)
    {
        var stable = leader.Log.LastStableOffset(leader.HighWatermark);
        var upTo = request.IsolationLevel == ReadCommitted ? stable : leader.HighWatermark;
        var batches = Take(asked, leader.Log, upTo);
        return new()
        {
            PartitionIndex = asked.Partition,
            HighWatermark = leader.HighWatermark,
            LastStableOffset = stable,
            LogStartOffset = leader.Log.Start,
            AbortedTransactions = request.IsolationLevel == ReadCommitted
                ? [.. leader.Log.Producers.AbortedBetween(asked.FetchOffset, upTo).Select(aborted => new FetchResponse.AbortedTransaction
                {
                    ProducerId = aborted.ProducerId, FirstOffset = aborted.FirstOffset,
                })]
                : null,
            Records = batches,
        };
    }

    /// <summary>Whole batches up to an offset, as many as fit; the first one of an answer even where it does not fit (KIP-74).</summary>
    private ReadOnlyMemory<byte> Take(FetchRequest.FetchPartition asked, ReplicaLog log, long upTo)
    {
        if (asked.FetchOffset >= upTo || left <= 0)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        if (asked.FetchOffset < log.SyntheticEnd)
        {
            return Count(SyntheticRecords.At(asked.FetchOffset, Math.Min(upTo, log.SyntheticEnd), log));
        }

        var room = Math.Min(asked.PartitionMaxBytes, left);
        var first = log.IndexOf(asked.FetchOffset);
        var (next, size) = (first, 0);
        while (next < log.Batches.Count && log.Batches[next].NextOffset <= upTo
            && (size + log.Batches[next].SizeBytes <= room || (size == 0 && given == 0)))
        {
            size += log.Batches[next].SizeBytes;
            next++;
        }

        return Count(Join(log, first, next, size));
    }

    private static ReadOnlyMemory<byte> Join(ReplicaLog log, int first, int next, int size)
    {
        if (next - first == 1)
        {
            return log.Batches[first].Bytes;
        }

        var joined = new byte[size];
        var at = 0;
        for (var i = first; i < next; i++)
        {
            log.Batches[i].Bytes.CopyTo(joined.AsMemory(at));
            at += log.Batches[i].SizeBytes;
        }

        return joined;
    }

    private ReadOnlyMemory<byte> Count(ReadOnlyMemory<byte> records)
    {
        given += records.Length;
        left -= records.Length;
        return records;
    }

    private FetchResponse.Partition Failed(FetchRequest.FetchPartition asked, ErrorCode error, PartitionRegistration? leader = null)
    {
        hasFailed = true;
        return new()
        {
            PartitionIndex = asked.Partition,
            ErrorCode = error,
            HighWatermark = -1,
            AbortedTransactions = null,
            CurrentLeader = leader is null
                ? FetchResponse.LeaderIdAndEpoch.Unset
                : new() { LeaderId = leader.Leader, LeaderEpoch = leader.LeaderEpoch },
            Records = ReadOnlyMemory<byte>.Empty,
        };
    }

    private FetchResponse.NodeEndpoint[] EndpointsOf(FetchResponse.TopicResponse[] topics) =>
        call.Version < 16 || !hasFailed
            ? []
            : [.. topics.SelectMany(topic => topic.Partitions)
                .Select(partition => partition.CurrentLeader.LeaderId)
                .Where(leader => leader >= 0)
                .Distinct()
                .Select(leader => world.Metadata.Brokers.AsOf(call.Life.Applied).GetValueOrDefault(leader))
                .OfType<BrokerRecord>()
                .Select(broker => new FetchResponse.NodeEndpoint
                {
                    NodeId = broker.Id, Host = broker.Endpoint.Host, Port = broker.Endpoint.Port, Rack = broker.Rack,
                })];
}
