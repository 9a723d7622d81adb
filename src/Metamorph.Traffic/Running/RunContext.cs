using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;

namespace Metamorph.Traffic.Running;

/// <summary>What every part of a run needs.</summary>
internal sealed record RunContext(TrafficOptions Options, ITransport Transport, TimeProvider Time, Guid Run)
{
    /// <summary>The group: one of the run's own unless a name was given.</summary>
    public string Group { get; } = Options.Group ?? $"{Options.Topic}-{Run:N}";

    /// <summary>Connections of their own for one purpose.</summary>
    /// <param name="purpose">Part of the client id, as brokers log it.</param>
    public KafkaClient NewClient(string purpose) =>
        new(Options.Bootstrap, Transport, new KafkaClientOptions { ClientId = $"metamorph-traffic-{purpose}" }, Time);
}
