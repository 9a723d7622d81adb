using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Tells where the records of a leader epoch end, by which a client notices that a log was cut (KIP-320).</summary>
internal sealed class OffsetForLeaderEpochHandler : ApiHandler<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse>
{
    protected override void Handle(OffsetForLeaderEpochRequest request, Call<OffsetForLeaderEpochResponse> call, World world) =>
        call.Answer(new OffsetForLeaderEpochResponse
        {
            Topics =
            [
                .. request.Topics.Select(topic => new OffsetForLeaderEpochResponse.OffsetForLeaderTopicResult
                {
                    Topic = topic.Topic,
                    Partitions = [.. topic.Partitions.Select(partition => Find(topic.Topic, partition, call, world))],
                }),
            ],
        });

    private static OffsetForLeaderEpochResponse.EpochEndOffset Find(
        string name, OffsetForLeaderEpochRequest.OffsetForLeaderPartition asked, Call<OffsetForLeaderEpochResponse> call, World world)
    {
        if (world.Metadata.FindTopic(name, call.Life.Applied) is not { } topic
            || asked.Partition < 0 || asked.Partition >= topic.Partitions.Count)
        {
            return new() { Partition = asked.Partition, ErrorCode = ErrorCode.UnknownTopicOrPartition };
        }

        var (error, leader) = world.Replication.Led(call.Node, call.Life, topic.Partitions[asked.Partition], asked.CurrentLeaderEpoch);
        if (leader is null)
        {
            return new() { Partition = asked.Partition, ErrorCode = error };
        }

        if (asked.LeaderEpoch > leader.Leading!.Epoch)
        {
            return new() { Partition = asked.Partition };
        }

        var (epoch, end) = asked.LeaderEpoch == leader.Leading.Epoch
            ? (asked.LeaderEpoch, leader.Log.End)
            : leader.Log.EndOfEpoch(asked.LeaderEpoch);
        return new() { Partition = asked.Partition, LeaderEpoch = epoch, EndOffset = end };
    }
}
