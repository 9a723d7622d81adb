using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>Reads the replication throttles that are set dynamically (KIP-73), whoever set them.</summary>
internal sealed class ThrottleReader(ConfigReader configs)
{
    private const string Throttled = ".replication.throttled.";

    /// <param name="brokers">Serving ones, whose endpoint is known.</param>
    /// <param name="topics">By name.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="Kafka.Errors.KafkaException">Nobody answered.</exception>
    public async Task<ImmutableArray<Throttle>> ReadAsync(
        IEnumerable<Node> brokers, IEnumerable<string> topics, CancellationToken cancellationToken)
    {
        var throttles = ImmutableArray.CreateBuilder<Throttle>();
        foreach (var broker in brokers)
        {
            var overrides = await configs.BrokerOverridesAsync(broker.Id, broker.BrokerEndpoint!, cancellationToken);
            throttles.AddRange(Of($"broker {broker.Id}", overrides));
        }

        throttles.AddRange(Of("all brokers", await configs.ClusterOverridesAsync(cancellationToken)));
        foreach (var (topic, overrides) in await configs.TopicOverridesAsync(topics, cancellationToken))
        {
            throttles.AddRange(Of($"topic {topic}", overrides));
        }

        return throttles.ToImmutable();
    }

    private static IEnumerable<Throttle> Of(string resource, ImmutableSortedDictionary<string, string> overrides) =>
        overrides.Where(config => config.Key.Contains(Throttled, StringComparison.Ordinal))
            .Select(config => new Throttle(resource, config.Key, config.Value));
}
