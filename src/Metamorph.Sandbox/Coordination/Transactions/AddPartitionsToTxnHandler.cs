using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>
/// Takes partitions into transactions. Clients ask up to version 3 for their own; from 4 on brokers ask, and may only
/// verify.
/// </summary>
internal sealed class AddPartitionsToTxnHandler : ApiHandler<AddPartitionsToTxnRequest, AddPartitionsToTxnResponse>
{
    private const short FirstWithFenced = 2;
    private const short FirstWithTransactions = 4;
    private const short FirstWithAbortable = 5;

    protected override void Handle(
        AddPartitionsToTxnRequest request, Call<AddPartitionsToTxnResponse> call, World world)
    {
        if (call.Version < FirstWithTransactions)
        {
            var own = new AddPartitionsToTxnRequest.Transaction
            {
                TransactionalId = request.V3AndBelowTransactionalId,
                ProducerId = request.V3AndBelowProducerId,
                ProducerEpoch = request.V3AndBelowProducerEpoch,
                Topics = request.V3AndBelowTopics,
            };
            Take(own, call, world, topics => call.Answer(new AddPartitionsToTxnResponse
            {
                ResultsByTopicV3AndBelow = topics,
            }));
            return;
        }

        var results = new AddPartitionsToTxnResponse.TransactionResult[request.Transactions.Length];
        var missing = results.Length;
        for (var place = 0; place < results.Length; place++)
        {
            var mine = place;
            var id = request.Transactions[place].TransactionalId;
            Take(request.Transactions[place], call, world, topics =>
            {
                results[mine] = new() { TransactionalId = id, TopicResults = topics };
                if (--missing == 0)
                {
                    call.Answer(new AddPartitionsToTxnResponse { ResultsByTransaction = results });
                }
            });
        }

        if (results.Length == 0)
        {
            call.Answer(new AddPartitionsToTxnResponse());
        }
    }

    private static void Take(
        AddPartitionsToTxnRequest.Transaction asked,
        Call<AddPartitionsToTxnResponse> call,
        World world,
        Action<AddPartitionsToTxnResponse.TopicResult[]> whenDone)
    {
        var (error, shard) = world.Transactions.Find(call, asked.TransactionalId);
        var partitions = asked.Topics
            .SelectMany(topic => topic.Partitions.Select(index => new TopicPartition(topic.Name, index)))
            .ToList();
        var unknown = partitions.Where(partition => !IsKnown(partition, call, world)).ToHashSet();
        if (asked.TransactionalId.Length == 0 || shard is null)
        {
            Answer(asked.TransactionalId.Length == 0 ? ErrorCode.InvalidRequest : error);
        }
        else if (unknown.Count > 0)
        {
            whenDone(Results(asked, partition =>
                unknown.Contains(partition) ? ErrorCode.UnknownTopicOrPartition : ErrorCode.OperationNotAttempted));
        }
        else if (asked.VerifyOnly)
        {
            Answer(TransactionParts.Verify(
                shard, asked.TransactionalId, (asked.ProducerId, asked.ProducerEpoch), partitions));
        }
        else
        {
            TransactionParts.Add(
                shard, asked.TransactionalId, (asked.ProducerId, asked.ProducerEpoch), partitions, Answer);
        }

        void Answer(ErrorCode said)
        {
            var word = TransactionErrors.InWordsOf(call.Version, FirstWithFenced, said);
            word = TransactionErrors.Abortable(call.Version, FirstWithAbortable, word);
            whenDone(Results(asked, _ => word));
        }
    }

    private static bool IsKnown(TopicPartition partition, Call call, World world) =>
        world.Metadata.FindTopic(partition.Topic, call.Life.Applied) is { } topic
        && partition.Index >= 0 && partition.Index < topic.Partitions.Count;

    private static AddPartitionsToTxnResponse.TopicResult[] Results(
        AddPartitionsToTxnRequest.Transaction asked, Func<TopicPartition, ErrorCode> errorOf) =>
    [
        .. asked.Topics.Select(topic => new AddPartitionsToTxnResponse.TopicResult
        {
            Name = topic.Name,
            ResultsByPartition =
            [
                .. topic.Partitions.Select(index => new AddPartitionsToTxnResponse.PartitionResult
                {
                    PartitionIndex = index,
                    PartitionErrorCode = errorOf(new TopicPartition(topic.Name, index)),
                }),
            ],
        }),
    ];
}
