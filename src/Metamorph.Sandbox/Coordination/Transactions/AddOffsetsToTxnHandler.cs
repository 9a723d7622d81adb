using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>
/// Takes a group's offsets into a transaction: the partition of <c>__consumer_offsets</c> that they are kept in.
/// </summary>
internal sealed class AddOffsetsToTxnHandler : ApiHandler<AddOffsetsToTxnRequest, AddOffsetsToTxnResponse>
{
    private const short FirstWithFenced = 2;

    protected override void Handle(AddOffsetsToTxnRequest request, Call<AddOffsetsToTxnResponse> call, World world)
    {
        var (error, shard) = world.Transactions.Find(call, request.TransactionalId);
        if (request.TransactionalId.Length == 0 || shard is null)
        {
            Answer(request.TransactionalId.Length == 0 ? ErrorCode.InvalidRequest : error);
        }
        else if (world.Groups.PartitionOf(request.GroupId, call.Life) is not { } offsets)
        {
            Answer(ErrorCode.CoordinatorNotAvailable);
        }
        else
        {
            TransactionParts.Add(
                shard, request.TransactionalId, (request.ProducerId, request.ProducerEpoch), [offsets.Id], Answer);
        }

        void Answer(ErrorCode said) =>
            call.Answer(new AddOffsetsToTxnResponse
            {
                ErrorCode = TransactionErrors.InWordsOf(call.Version, FirstWithFenced, said),
            });
    }
}
