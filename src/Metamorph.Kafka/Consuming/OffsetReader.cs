using System.Collections.Immutable;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Routing;
using Metamorph.Model;

namespace Metamorph.Kafka.Consuming;

/// <summary>Asks partition leaders where a log begins and ends.</summary>
public sealed class OffsetReader(KafkaClient client, TopicRouter router)
{
    private const long Latest = -1;
    private const long Earliest = -2;

    /// <summary>Where the next record of each partition will be, once it is replicated to all in-sync replicas.</summary>
    public Task<ImmutableDictionary<int, long>> EndsAsync(IEnumerable<int> partitions, CancellationToken cancellationToken) =>
        ReadAsync(partitions, Latest, cancellationToken);

    /// <summary>The first offset that each partition still has.</summary>
    public Task<ImmutableDictionary<int, long>> StartsAsync(IEnumerable<int> partitions, CancellationToken cancellationToken) =>
        ReadAsync(partitions, Earliest, cancellationToken);

    /// <summary>Asks until every leader has answered; the caller's token says for how long.</summary>
    /// <exception cref="KafkaErrorException">A leader refuses to tell.</exception>
    private async Task<ImmutableDictionary<int, long>> ReadAsync(IEnumerable<int> partitions, long timestamp, CancellationToken cancellationToken)
    {
        var wanted = partitions.ToHashSet();
        var found = ImmutableDictionary.CreateBuilder<int, long>();
        for (var attempts = 1; ; attempts++)
        {
            var view = router.View;
            foreach (var leader in wanted.Where(index => view.EndpointOf(index) is not null).GroupBy(index => view.EndpointOf(index)!).ToArray())
            {
                await AskLeaderAsync(leader.Key, [.. leader], timestamp, found, cancellationToken);
            }

            wanted.ExceptWith(found.Keys);
            if (wanted.Count == 0)
            {
                return found.ToImmutable();
            }

            await Task.Delay(Backoff.After(attempts), client.Time, cancellationToken);
            await router.UntilCompleteAsync(cancellationToken);
        }
    }

    private async Task AskLeaderAsync(
        Endpoint leader, int[] partitions, long timestamp, ImmutableDictionary<int, long>.Builder found, CancellationToken cancellationToken)
    {
        var request = new ListOffsetsRequest
        {
            ReplicaId = -1,
            TimeoutMs = (int)client.Options.RequestTimeout.TotalMilliseconds,
            Topics =
            [
                new()
                {
                    Name = router.Topic,
                    Partitions = [.. partitions.Select(index => new ListOffsetsRequest.Partition { PartitionIndex = index, Timestamp = timestamp })],
                },
            ],
        };
        try
        {
            var answer = await client.SendAsync(leader, request, cancellationToken);
            foreach (var told in answer.Topics.SelectMany(topic => topic.Partitions))
            {
                if (told.ErrorCode == ErrorCode.None)
                {
                    found[told.PartitionIndex] = told.Offset;
                }
                else if (!told.ErrorCode.IsRetriable())
                {
                    throw new KafkaErrorException(told.ErrorCode, $"asking for the offsets of {router.Topic}-{told.PartitionIndex}");
                }
            }
        }
        catch (KafkaException e) when (e.IsRetriable)
        {
            // Another round follows, with whoever leads then.
        }
    }
}
