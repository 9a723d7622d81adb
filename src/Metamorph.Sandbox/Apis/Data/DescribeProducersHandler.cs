using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Tells which producers a leader remembers, and which of them has an open transaction (KIP-664).</summary>
internal sealed class DescribeProducersHandler : ApiHandler<DescribeProducersRequest, DescribeProducersResponse>
{
    protected override void Handle(DescribeProducersRequest request, Call<DescribeProducersResponse> call, World world) =>
        call.Answer(new DescribeProducersResponse
        {
            Topics =
            [
                .. request.Topics.Select(topic => new DescribeProducersResponse.TopicResponse
                {
                    Name = topic.Name,
                    Partitions = [.. topic.PartitionIndexes.Select(index => Find(topic.Name, index, call, world))],
                }),
            ],
        });

    private static DescribeProducersResponse.PartitionResponse Find(
        string name, int index, Call<DescribeProducersResponse> call, World world)
    {
        if (world.Metadata.FindTopic(name, call.Life.Applied) is not { } topic || index < 0 || index >= topic.Partitions.Count)
        {
            return new() { PartitionIndex = index, ErrorCode = ErrorCode.UnknownTopicOrPartition };
        }

        var (error, leader) = world.Replication.Led(call.Node, call.Life, topic.Partitions[index]);
        return leader is null
            ? new() { PartitionIndex = index, ErrorCode = error }
            : new() { PartitionIndex = index, ActiveProducers = [.. leader.Log.Producers.All.Select(Describe)] };
    }

    private static DescribeProducersResponse.ProducerState Describe(ProducerState state) => new()
    {
        ProducerId = state.ProducerId,
        ProducerEpoch = state.Epoch,
        LastSequence = state.LastSequence,
        LastTimestamp = state.LastTimestampMs,
        CoordinatorEpoch = -1,
        CurrentTxnStartOffset = state.TransactionStart ?? -1,
    };
}
