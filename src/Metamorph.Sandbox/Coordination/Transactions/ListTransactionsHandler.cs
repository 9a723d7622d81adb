using System.Text.RegularExpressions;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Lists the transactional ids that the asked broker coordinates.</summary>
internal sealed class ListTransactionsHandler : ApiHandler<ListTransactionsRequest, ListTransactionsResponse>
{
    protected override void Handle(ListTransactionsRequest request, Call<ListTransactionsResponse> call, World world)
    {
        var shards = world.Transactions.Of(call).ToList();
        var unknown = request.StateFilters.Where(name => !Enum.GetNames<TransactionState>().Contains(name)).ToArray();
        if (!TopicPattern.IsValid(request.TransactionalIdPattern))
        {
            call.Answer(new ListTransactionsResponse { ErrorCode = ErrorCode.InvalidRegularExpression });
            return;
        }

        if (shards.Exists(each => each.Error == ErrorCode.CoordinatorLoadInProgress))
        {
            call.Answer(new ListTransactionsResponse { ErrorCode = ErrorCode.CoordinatorLoadInProgress });
            return;
        }

        var pattern = TopicPattern.Of(request.TransactionalIdPattern);
        call.Answer(new ListTransactionsResponse
        {
            UnknownStateFilters = unknown,
            TransactionStates =
            [
                .. shards.SelectMany(each => each.Shard!.Transactions.Values)
                    .Select(transaction => transaction.Image)
                    .Where(image => IsAskedFor(image, request, pattern, world.Now))
                    .Select(image => new ListTransactionsResponse.Transaction
                    {
                        TransactionalId = image.Id,
                        ProducerId = image.ProducerId,
                        TransactionState = image.State.ToString(),
                    }),
            ],
        });
    }

    private static bool IsAskedFor(
        TransactionImage image, ListTransactionsRequest request, Regex? pattern, DateTimeOffset now) =>
        (request.StateFilters.Length == 0 || request.StateFilters.Contains(image.State.ToString()))
        && (request.ProducerIdFilters.Length == 0 || request.ProducerIdFilters.Contains(image.ProducerId))
        && (request.DurationFilter < 0
            || (image.StartedAt is { } startedAt && (now - startedAt).TotalMilliseconds > request.DurationFilter))
        && (pattern is null || pattern.IsMatch(image.Id));
}
