using System.Buffers.Binary;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Records;

namespace Metamorph.Sandbox.Tests.FrontEnd;

/// <summary>One topic of two partitions, each on a node of its own, and a group of one member: as much as our clients ask for.</summary>
internal sealed class StubLog
{
    public const string Topic = "orders";

    private readonly List<byte[]>[] batches = [[], []];
    private readonly long[] ends = [0, 0];
    private readonly Dictionary<int, long> committed = [];
    private int generation;

    public StubCore Serve(StubCore core) => core
        .On<MetadataRequest, MetadataResponse>(_ => Metadata())
        .On<InitProducerIdRequest, InitProducerIdResponse>(_ => new InitProducerIdResponse { ProducerId = 7 })
        .On<ProduceRequest, ProduceResponse>(Append)
        .On<FetchRequest, FetchResponse>(Fetch)
        .On<ListOffsetsRequest, ListOffsetsResponse>(Offsets)
        .On<FindCoordinatorRequest, FindCoordinatorResponse>(asked => new FindCoordinatorResponse
        {
            Coordinators = [new() { Key = asked.CoordinatorKeys[0], NodeId = 1, Host = "node1", Port = 9092 }],
        })
        .On<JoinGroupRequest, JoinGroupResponse>(asked => new JoinGroupResponse
        {
            GenerationId = ++generation, Leader = "me", MemberId = "me", ProtocolType = "consumer", ProtocolName = "range",
            Members = [new() { MemberId = "me", Metadata = asked.Protocols[0].Metadata }],
        })
        .On<SyncGroupRequest, SyncGroupResponse>(asked => new SyncGroupResponse { Assignment = asked.Assignments[0].Assignment })
        .On<HeartbeatRequest, HeartbeatResponse>(_ => new HeartbeatResponse())
        .On<LeaveGroupRequest, LeaveGroupResponse>(_ => new LeaveGroupResponse())
        .On<OffsetFetchRequest, OffsetFetchResponse>(Committed)
        .On<OffsetCommitRequest, OffsetCommitResponse>(Commit);

    private static MetadataResponse Metadata() => new()
    {
        Brokers = [Broker(1), Broker(2)],
        Topics =
        [
            new()
            {
                Name = Topic,
                Partitions =
                [
                    .. new[] { 0, 1 }.Select(index => new MetadataResponse.Partition
                    {
                        PartitionIndex = index, LeaderId = index + 1, LeaderEpoch = 1, ReplicaNodes = [1, 2], IsrNodes = [1, 2],
                    }),
                ],
            },
        ],
    };

    private static MetadataResponse.Broker Broker(int id) => new() { NodeId = id, Host = $"node{id}", Port = 9092 };

    private ProduceResponse Append(ProduceRequest request) => new()
    {
        Responses =
        [
            .. request.TopicData.Select(topic => new ProduceResponse.TopicResponse
            {
                Name = topic.Name,
                PartitionResponses = [.. topic.PartitionData.Select(partition => new ProduceResponse.PartitionResponse
                {
                    Index = partition.Index, BaseOffset = Append(partition.Index, partition.Records!.Value),
                })],
            }),
        ],
    };

    private long Append(int partition, ReadOnlyMemory<byte> records)
    {
        var first = ends[partition];
        var batch = records.ToArray();
        BinaryPrimitives.WriteInt64BigEndian(batch, first);
        batches[partition].Add(batch);
        ends[partition] = RecordBatches.Read(batch).Single().LastOffset + 1;
        return first;
    }

    private FetchResponse Fetch(FetchRequest request) => new()
    {
        Responses =
        [
            .. request.Topics.Select(topic => new FetchResponse.TopicResponse
            {
                Topic = topic.Topic,
                Partitions = [.. topic.Partitions.Select(partition => new FetchResponse.Partition
                {
                    PartitionIndex = partition.Partition,
                    HighWatermark = ends[partition.Partition],
                    Records = batches[partition.Partition]
                        .FirstOrDefault(batch => RecordBatches.Read(batch).Single().LastOffset >= partition.FetchOffset) ?? [],
                })],
            }),
        ],
    };

    private ListOffsetsResponse Offsets(ListOffsetsRequest request) => new()
    {
        Topics =
        [
            .. request.Topics.Select(topic => new ListOffsetsResponse.TopicResponse
            {
                Name = topic.Name,
                Partitions = [.. topic.Partitions.Select(partition => new ListOffsetsResponse.PartitionResponse
                {
                    PartitionIndex = partition.PartitionIndex, Offset = partition.Timestamp == -2 ? 0 : ends[partition.PartitionIndex],
                })],
            }),
        ],
    };

    private OffsetFetchResponse Committed(OffsetFetchRequest request) => new()
    {
        Groups =
        [
            .. request.Groups.Select(group => new OffsetFetchResponse.Group
            {
                GroupId = group.GroupId,
                Topics = [.. group.Topics!.Select(topic => new OffsetFetchResponse.GroupTopic
                {
                    Name = topic.Name,
                    Partitions = [.. topic.PartitionIndexes.Select(index => new OffsetFetchResponse.GroupPartition
                    {
                        PartitionIndex = index, CommittedOffset = committed.GetValueOrDefault(index, -1),
                    })],
                })],
            }),
        ],
    };

    private OffsetCommitResponse Commit(OffsetCommitRequest request)
    {
        foreach (var partition in request.Topics.SelectMany(topic => topic.Partitions))
        {
            committed[partition.PartitionIndex] = partition.CommittedOffset;
        }

        return new OffsetCommitResponse();
    }
}
