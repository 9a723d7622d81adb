using Metamorph.Kafka.Client;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Routing;

namespace Metamorph.Kafka.Producing;

/// <summary>Gets producer ids: any broker hands them out to a producer without transactions.</summary>
internal sealed class ProducerIds(KafkaClient client)
{
    /// <exception cref="KafkaErrorException">The cluster refuses this producer.</exception>
    public async Task<long> NextAsync(CancellationToken cancellationToken)
    {
        // A transaction's timeout is wanted even where there is none; Kafka's own producer sends the same number.
        var request = new InitProducerIdRequest { TransactionalId = null, TransactionTimeoutMs = int.MaxValue };
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                var answer = await client.SendToAnyAsync(request, cancellationToken);
                if (answer.ErrorCode != ErrorCode.None)
                {
                    throw new KafkaErrorException(answer.ErrorCode, "asking for a producer id");
                }

                return answer.ProducerId;
            }
            catch (KafkaException e) when (e.IsRetriable)
            {
                // Until the caller's token ends it: a cluster that starts has no ids to give at first.
            }

            await Task.Delay(Backoff.After(attempts), client.Time, cancellationToken);
        }
    }
}
