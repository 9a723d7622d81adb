using System.Collections.Immutable;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>
/// Reads which controllers are registered, from a controller listener (KIP-919; Kafka 3.7 and later).
/// </summary>
internal sealed class ControllerReader(KafkaClient client)
{
    private const sbyte Controllers = 2;

    /// <exception cref="Kafka.Errors.KafkaException">None of them answered.</exception>
    public async Task<ImmutableArray<NodeId>> ReadAsync(
        IEnumerable<Endpoint> controllers, CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        foreach (var endpoint in controllers)
        {
            try
            {
                var response = await client.SendAsync(
                    endpoint, new DescribeClusterRequest { EndpointType = Controllers }, cancellationToken);
                Reading.Require(response.ErrorCode, "describing the controllers", response.ErrorMessage);
                return [.. response.Brokers.Select(controller => new NodeId(controller.BrokerId)).Order()];
            }
            catch (Kafka.Errors.KafkaException e)
            {
                failures.Add(e.Message);
            }
        }

        throw new Kafka.Errors.KafkaConnectionException(
            "the controllers", $"none answered: {string.Join("; ", failures)}");
    }
}
