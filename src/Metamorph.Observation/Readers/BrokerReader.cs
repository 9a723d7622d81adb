using System.Collections.Immutable;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>What the cluster says of its brokers (DescribeCluster).</summary>
/// <param name="ShowsFenced">Kafka 4.0 and later list fenced brokers too; before, a broker that is not listed may be
/// either.</param>
internal sealed record BrokerList(string ClusterId, ImmutableArray<ListedBroker> Brokers, bool ShowsFenced);

/// <summary>One broker that the cluster lists.</summary>
internal sealed record ListedBroker(NodeId Id, Endpoint Endpoint, string? Rack, bool IsFenced);

/// <summary>Reads the brokers that are registered, fenced ones where the cluster tells.</summary>
internal sealed class BrokerReader(KafkaClient client)
{
    private const short WithFenced = 2;

    /// <exception cref="Kafka.Errors.KafkaException">Nobody answered.</exception>
    public async Task<BrokerList> ReadAsync(CancellationToken cancellationToken)
    {
        var answer = await client.AskAnyAsync(
            async connection =>
            {
                var showsFenced = connection.RangeOf(ApiKey.DescribeCluster) is { } range && range.Max >= WithFenced;
                var response = await connection.SendAsync(
                    new DescribeClusterRequest { IncludeFencedBrokers = showsFenced }, cancellationToken);
                Reading.Require(response.ErrorCode, "describing the cluster", response.ErrorMessage);
                return (response, showsFenced);
            },
            "DescribeCluster",
            cancellationToken);
        var brokers = answer.response.Brokers
            .Select(broker => new ListedBroker(
                new NodeId(broker.BrokerId), new Endpoint(broker.Host, broker.Port), broker.Rack, broker.IsFenced))
            .ToImmutableArray();
        client.Learn(brokers.Where(broker => !broker.IsFenced).Select(broker => broker.Endpoint));
        return new BrokerList(answer.response.ClusterId, brokers, answer.showsFenced);
    }
}
