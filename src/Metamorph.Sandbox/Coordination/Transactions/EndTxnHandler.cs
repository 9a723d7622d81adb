using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>
/// Commits or aborts a transaction. Answered once that is decided; its partitions are told afterwards.
/// </summary>
internal sealed class EndTxnHandler : ApiHandler<EndTxnRequest, EndTxnResponse>
{
    private const short FirstWithFenced = 2;

    /// <summary>A client sends it where <c>transaction.version</c> 2 is finalized (KIP-890).</summary>
    private const short FirstWithNewEpoch = 5;

    protected override void Handle(EndTxnRequest request, Call<EndTxnResponse> call, World world)
    {
        var (error, shard) = world.Transactions.Find(call, request.TransactionalId);
        if (request.TransactionalId.Length == 0 || shard?.Find(request.TransactionalId) is not { } transaction)
        {
            Answer(
                request.TransactionalId.Length == 0 ? ErrorCode.InvalidRequest : shard is null ? error
                    : ErrorCode.InvalidProducerIdMapping,
                (-1, -1));
            return;
        }

        shard.Endings.End(
            transaction, (request.ProducerId, request.ProducerEpoch), request.Committed,
            call.Version >= FirstWithNewEpoch, Answer);

        void Answer(ErrorCode said, (long Id, short Epoch) next) => call.Answer(new EndTxnResponse
        {
            ErrorCode = TransactionErrors.InWordsOf(call.Version, FirstWithFenced, said),
            ProducerId = said == ErrorCode.None ? next.Id : -1,
            ProducerEpoch = said == ErrorCode.None ? next.Epoch : (short)-1,
        });
    }
}
