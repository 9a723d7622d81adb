using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Tells where logs begin and end, and which offset belongs to a time.</summary>
internal sealed class ListOffsetsHandler : ApiHandler<ListOffsetsRequest, ListOffsetsResponse>
{
    private const long Latest = -1;
    private const long Earliest = -2;
    private const long MaxTimestamp = -3;
    private const long EarliestLocal = -4;
    private const long LatestTiered = -5;
    private const long EarliestPendingUpload = -6;
    private const sbyte ReadCommitted = 1;

    protected override void Handle(ListOffsetsRequest request, Call<ListOffsetsResponse> call, World world) =>
        call.Answer(new ListOffsetsResponse
        {
            Topics =
            [
                .. request.Topics.Select(topic => new ListOffsetsResponse.TopicResponse
                {
                    Name = topic.Name,
                    Partitions = [.. topic.Partitions.Select(partition => Find(topic.Name, partition, request, call, world))],
                }),
            ],
        });

    private static ListOffsetsResponse.PartitionResponse Find(
        string name, ListOffsetsRequest.Partition asked, ListOffsetsRequest request, Call<ListOffsetsResponse> call, World world)
    {
        if (world.Metadata.FindTopic(name, call.Life.Applied) is not { } topic
            || asked.PartitionIndex < 0 || asked.PartitionIndex >= topic.Partitions.Count)
        {
            return new() { PartitionIndex = asked.PartitionIndex, ErrorCode = ErrorCode.UnknownTopicOrPartition };
        }

        var partition = topic.Partitions[asked.PartitionIndex];
        var (error, leader) = world.Replication.Led(call.Node, call.Life, partition, asked.CurrentLeaderEpoch);
        if (leader is null)
        {
            return new() { PartitionIndex = asked.PartitionIndex, ErrorCode = error };
        }

        var (offset, timestamp) = OffsetAt(asked.Timestamp, leader, request.IsolationLevel == ReadCommitted);
        return new()
        {
            PartitionIndex = asked.PartitionIndex,
            Offset = offset,
            Timestamp = timestamp,
            LeaderEpoch = offset < 0 || call.Version < 4 ? -1 : leader.Leading!.Epoch,
        };
    }

    private static (long Offset, long Timestamp) OffsetAt(long asked, Replica leader, bool isCommittedOnly)
    {
        var log = leader.Log;
        switch (asked)
        {
            case Latest:
                return (isCommittedOnly ? log.LastStableOffset(leader.HighWatermark) : leader.HighWatermark, -1);
            case Earliest or EarliestLocal:
                return (log.Start, -1);
            case MaxTimestamp:
                return log.Batches.MaxBy(batch => batch.MaxTimestampMs) is { } newest
                    ? (newest.NextOffset - 1, newest.MaxTimestampMs)
                    : (-1, -1);
            case LatestTiered or EarliestPendingUpload:
                return (-1, -1);
            default:
                return log.Batches.FirstOrDefault(batch => batch.MaxTimestampMs >= asked && batch.NextOffset <= leader.HighWatermark) is { } found
                    ? FirstIn(found, asked)
                    : (-1, -1);
        }
    }

    /// <summary>The first record of a batch that is not older; of a batch that cannot be read, its first.</summary>
    private static (long Offset, long Timestamp) FirstIn(LogBatch batch, long asked)
    {
        var read = Kafka.Records.RecordBatches.Read(batch.Bytes)[0];
        if (read.Compression == Kafka.Records.CompressionType.Zstd)
        {
            return (batch.BaseOffset, batch.MaxTimestampMs);
        }

        var record = read.ReadRecords().First(record => record.TimestampMs >= asked);
        return (record.Offset, record.TimestampMs);
    }
}
