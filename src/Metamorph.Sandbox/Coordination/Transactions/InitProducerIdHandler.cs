using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Gives producers their ids, and with a transactional id fences those that had it before.</summary>
internal sealed class InitProducerIdHandler : ApiHandler<InitProducerIdRequest, InitProducerIdResponse>
{
    private const short FirstWithFenced = 4;

    protected override void Handle(InitProducerIdRequest request, Call<InitProducerIdResponse> call, World world)
    {
        if (request.TransactionalId is not { } id)
        {
            world.Transactions.ProducerIds.Take(call.Node, call.Life, producerId => Answer(
                call,
                producerId is null ? ErrorCode.CoordinatorLoadInProgress : ErrorCode.None,
                (producerId ?? -1, 0)));
            return;
        }

        var (error, shard) = world.Transactions.Find(call, id);
        var timeout = TimeSpan.FromMilliseconds(request.TransactionTimeoutMs);
        if (id.Length == 0)
        {
            Refuse(call, ErrorCode.InvalidRequest);
        }
        else if (shard is null)
        {
            Refuse(call, error);
        }
        else if (timeout <= TimeSpan.Zero || timeout > shard.Settings.MaxTransaction)
        {
            Refuse(call, ErrorCode.InvalidTransactionTimeout);
        }
        else if (shard.Find(id) is { } known)
        {
            Init(shard, known, request, call);
        }
        else
        {
            Begin(shard, request, call);
        }
    }

    private static void Begin(
        TransactionShard shard, InitProducerIdRequest request, Call<InitProducerIdResponse> call) =>
        WithNewId(shard, call, producerId =>
        {
            var known = shard.Find(request.TransactionalId!) ?? shard.Add(new TransactionImage
            {
                Id = request.TransactionalId!,
                ProducerId = producerId,
                Epoch = TransactionImage.NoEpoch,
                Timeout = TimeSpan.FromMilliseconds(request.TransactionTimeoutMs),
            });
            Init(shard, known, request, call);
        });

    private static void Init(
        TransactionShard shard, Transaction transaction, InitProducerIdRequest request,
        Call<InitProducerIdResponse> call)
    {
        var now = transaction.Image;
        if (transaction.IsChanging || now.IsEnding)
        {
            Refuse(call, ErrorCode.ConcurrentTransactions);
        }
        else if (IsFenced(now, request))
        {
            Refuse(call, ErrorCode.ProducerFenced);
        }
        else if (now.State == TransactionState.Ongoing)
        {
            // The one before is aborted first; the client asks again until that is done.
            shard.Endings.Fence(transaction);
            Refuse(call, ErrorCode.ConcurrentTransactions);
        }
        else if (HasHeardNothing(now, request))
        {
            Become(transaction, now, request, call);
        }
        else if (now.IsExhausted)
        {
            WithNewId(shard, call, producerId => RenewId(transaction, now, producerId, request, call));
        }
        else
        {
            var last = request.ProducerId >= 0 ? now.Epoch : TransactionImage.NoEpoch;
            Become(transaction, now with { Epoch = (short)(now.Epoch + 1), LastEpoch = last }, request, call);
        }
    }

    private static void RenewId(
        Transaction transaction, TransactionImage before, long producerId, InitProducerIdRequest request,
        Call<InitProducerIdResponse> call)
    {
        if (transaction.IsChanging || transaction.Image != before)
        {
            Refuse(call, ErrorCode.ConcurrentTransactions);
            return;
        }

        var last = request.ProducerId >= 0 ? before.Epoch : TransactionImage.NoEpoch;
        Become(
            transaction,
            before with
            {
                ProducerId = producerId,
                PreviousProducerId = before.ProducerId,
                Epoch = 0,
                LastEpoch = last,
            },
            request,
            call);
    }

    private static void Become(
        Transaction transaction, TransactionImage next, InitProducerIdRequest request,
        Call<InitProducerIdResponse> call)
    {
        var image = next with
        {
            State = TransactionState.Empty,
            Timeout = TimeSpan.FromMilliseconds(request.TransactionTimeoutMs),
            Partitions = [],
            StartedAt = null,
        };
        transaction.Become(
            image, error => Answer(call, error, error == ErrorCode.None ? (image.ProducerId, image.Epoch) : (-1, -1)));
    }

    /// <summary>A producer that goes on (KIP-360) has to be the last one that was told an id.</summary>
    private static bool IsFenced(TransactionImage now, InitProducerIdRequest request)
    {
        var isCurrent = request.ProducerId == now.ProducerId
            && (request.ProducerEpoch == now.Epoch || request.ProducerEpoch == now.LastEpoch);
        var isBeforeNewId = request.ProducerId == now.PreviousProducerId && request.ProducerEpoch == now.LastEpoch;
        return request.ProducerId >= 0 && now.Epoch >= 0 && !isCurrent && !isBeforeNewId;
    }

    /// <summary>It asks the same again, because it did not hear the answer.</summary>
    private static bool HasHeardNothing(TransactionImage now, InitProducerIdRequest request) =>
        request.ProducerId >= 0 && now.LastEpoch >= 0 && request.ProducerEpoch == now.LastEpoch
        && (request.ProducerId != now.ProducerId || request.ProducerEpoch != now.Epoch);

    private static void WithNewId(TransactionShard shard, Call<InitProducerIdResponse> call, Action<long> act) =>
        shard.World.Transactions.ProducerIds.Take(shard.Node, shard.Life, producerId =>
        {
            if (producerId is null || shard.IsOver)
            {
                Refuse(call, shard.IsOver ? ErrorCode.NotCoordinator : ErrorCode.CoordinatorLoadInProgress);
            }
            else
            {
                act(producerId.Value);
            }
        });

    private static void Refuse(Call<InitProducerIdResponse> call, ErrorCode error) => Answer(call, error, (-1, -1));

    private static void Answer(Call<InitProducerIdResponse> call, ErrorCode error, (long Id, short Epoch) producer) =>
        call.Answer(new InitProducerIdResponse
        {
            ErrorCode = TransactionErrors.InWordsOf(call.Version, FirstWithFenced, error),
            ProducerId = producer.Id,
            ProducerEpoch = producer.Epoch,
        });
}
