using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Describes transactions: their state, since when they run, and what they write to (KIP-664).</summary>
internal sealed class DescribeTransactionsHandler
    : ApiHandler<DescribeTransactionsRequest, DescribeTransactionsResponse>
{
    protected override void Handle(
        DescribeTransactionsRequest request, Call<DescribeTransactionsResponse> call, World world) =>
        call.Answer(new DescribeTransactionsResponse
        {
            TransactionStates = [.. request.TransactionalIds.Select(id => Describe(id, call, world))],
        });

    private static DescribeTransactionsResponse.Transaction Describe(string id, Call call, World world)
    {
        var (error, shard) = world.Transactions.Find(call, id);
        if (id.Length == 0 || shard?.Find(id) is not { } transaction)
        {
            return new()
            {
                TransactionalId = id,
                ErrorCode = id.Length == 0 ? ErrorCode.InvalidRequest : shard is null ? error
                    : ErrorCode.TransactionalIdNotFound,
            };
        }

        var image = transaction.Image;
        return new()
        {
            TransactionalId = id,
            TransactionState = image.State.ToString(),
            TransactionTimeoutMs = (int)image.Timeout.TotalMilliseconds,
            TransactionStartTimeMs = image.StartedAt?.ToUnixTimeMilliseconds() ?? -1,
            ProducerId = image.ProducerId,
            ProducerEpoch = image.Epoch,
            Topics =
            [
                .. image.Partitions.GroupBy(partition => partition.Topic)
                    .Select(topic => new DescribeTransactionsResponse.TopicData
                {
                    Topic = topic.Key,
                    Partitions = [.. topic.Select(partition => partition.Index)],
                }),
            ],
        };
    }
}
