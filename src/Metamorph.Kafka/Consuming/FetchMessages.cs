using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Routing;
using Metamorph.Model;

namespace Metamorph.Kafka.Consuming;

/// <summary>Fetching in Kafka's words. No fetch session: every request names all it wants, so a lost answer costs nothing.</summary>
internal static class FetchMessages
{
    private const short LastWithNames = 12;

    public static IKafkaRequest<FetchResponse> Request(TopicView view, FetchOptions options, IEnumerable<FetchPosition> positions)
    {
        var request = new FetchRequest
        {
            MaxWaitMs = (int)options.MaxWait.TotalMilliseconds,
            MinBytes = 1,
            MaxBytes = options.RequestBytes,
            Topics =
            [
                new()
                {
                    Topic = view.Topic,
                    TopicId = view.Id ?? Guid.Empty,
                    Partitions = [.. positions.Select(position => new FetchRequest.FetchPartition
                    {
                        Partition = position.Partition,
                        CurrentLeaderEpoch = view.EpochOf(position.Partition),
                        FetchOffset = position.Next,
                        PartitionMaxBytes = options.PartitionBytes,
                    })],
                },
            ],
        };
        return ShapedRequest<FetchResponse>.About(view, request, LastWithNames);
    }

    /// <summary>The leader that a refusal names, and where it listens (KIP-951).</summary>
    public static (PartitionLeader Leader, Endpoint? Endpoint) LeaderHint(FetchResponse answer, FetchResponse.Partition told)
    {
        var (id, epoch) = (told.CurrentLeader.LeaderId, told.CurrentLeader.LeaderEpoch);
        var endpoint = answer.NodeEndpoints.FirstOrDefault(node => node.NodeId == id);
        return (
            new PartitionLeader(id < 0 ? null : new NodeId(id), epoch),
            endpoint is null ? null : new Endpoint(endpoint.Host, endpoint.Port));
    }
}
