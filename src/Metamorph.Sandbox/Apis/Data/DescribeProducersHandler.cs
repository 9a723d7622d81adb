using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Tells which producers a replica remembers, and which of them has an open transaction (KIP-664).</summary>
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

        var partition = topic.Partitions[index];
        var broker = call.Node.Id.Value;
        if (partition.AsOf(call.Life.Applied)?.HasReplica(broker) != true)
        {
            return new() { PartitionIndex = index, ErrorCode = ErrorCode.NotLeaderOrFollower };
        }

        // Any replica may be asked, since producers that hang are looked for broker by broker.
        return new()
        {
            PartitionIndex = index,
            ActiveProducers = [.. partition.Replicas?.Find(broker)?.Log.Producers.All.Select(Describe) ?? []],
        };
    }

    private static DescribeProducersResponse.ProducerState Describe(ProducerState state) => new()
    {
        ProducerId = state.ProducerId,
        ProducerEpoch = state.Epoch,
        LastSequence = state.LastSequence,
        LastTimestamp = state.LastTimestampMs,
        CoordinatorEpoch = state.CoordinatorEpoch,
        CurrentTxnStartOffset = state.TransactionStart ?? -1,
    };
}
