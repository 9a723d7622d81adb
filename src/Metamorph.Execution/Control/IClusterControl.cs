using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Execution;

/// <summary>The few things that a roll asks a cluster to do.</summary>
public interface IClusterControl
{
    /// <summary>Asks for the election of the preferred leader of each partition (ElectLeaders). Partitions that need none are fine.</summary>
    /// <exception cref="ClusterRefusedException">The controller refused the request as a whole.</exception>
    Task ElectPreferredLeadersAsync(IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken);

    /// <summary>Raises finalized features (UpdateFeatures), never lowers one, or with <paramref name="validateOnly"/> only asks.</summary>
    /// <returns>The refusals; empty when all were, or would be, accepted.</returns>
    Task<ImmutableArray<Objection.KafkaRefused>> RaiseFeaturesAsync(
        IReadOnlyDictionary<string, short> levels, bool validateOnly, CancellationToken cancellationToken);

    /// <summary>Removes a broker's registration (UnregisterBroker). Kafka does not check that it is empty or down: the caller has.</summary>
    /// <exception cref="ClusterRefusedException">The controller refused; the registration is as before.</exception>
    Task UnregisterBrokerAsync(NodeId broker, CancellationToken cancellationToken);

    /// <summary>Every dynamic config of brokers and topics as a JSON text, for the backup.</summary>
    Task<ReadOnlyMemory<byte>> ReadDynamicConfigsAsync(CancellationToken cancellationToken);
}

/// <summary>The cluster answered with an error that does not pass by waiting.</summary>
public sealed class ClusterRefusedException(string message) : Exception(message);
