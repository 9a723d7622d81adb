using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Moves the start of logs forward (KIP-107).</summary>
internal sealed class DeleteRecordsHandler : ApiHandler<DeleteRecordsRequest, DeleteRecordsResponse>
{
    private const long HighWatermark = -1;

    protected override void Handle(DeleteRecordsRequest request, Call<DeleteRecordsResponse> call, World world) =>
        call.Answer(new DeleteRecordsResponse
        {
            Topics =
            [
                .. request.Topics.Select(topic => new DeleteRecordsResponse.TopicResult
                {
                    Name = topic.Name,
                    Partitions = [.. topic.Partitions.Select(partition => Delete(topic.Name, partition, call, world))],
                }),
            ],
        });

    private static DeleteRecordsResponse.PartitionResult Delete(
        string name, DeleteRecordsRequest.Partition asked, Call<DeleteRecordsResponse> call, World world)
    {
        if (world.Metadata.FindTopic(name, call.Life.Applied) is not { } topic
            || asked.PartitionIndex < 0 || asked.PartitionIndex >= topic.Partitions.Count)
        {
            return Failed(asked, ErrorCode.UnknownTopicOrPartition);
        }

        var partition = topic.Partitions[asked.PartitionIndex];
        var (error, leader) = world.Replication.Led(call.Node, call.Life, partition);
        if (leader is null)
        {
            return Failed(asked, error);
        }

        var offset = asked.Offset == HighWatermark ? leader.HighWatermark : asked.Offset;
        if (offset < 0 || offset > leader.HighWatermark)
        {
            return Failed(asked, ErrorCode.OffsetOutOfRange);
        }

        world.Replication.DropBefore(partition, offset);
        return new() { PartitionIndex = asked.PartitionIndex, LowWatermark = leader.Log.Start };
    }

    private static DeleteRecordsResponse.PartitionResult Failed(DeleteRecordsRequest.Partition asked, ErrorCode error) =>
        new() { PartitionIndex = asked.PartitionIndex, ErrorCode = error, LowWatermark = -1 };
}
