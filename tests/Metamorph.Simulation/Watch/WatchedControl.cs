using System.Collections.Immutable;
using Metamorph.Execution;
using Metamorph.Model;

namespace Metamorph.Simulation;

/// <summary>Lets the invariants see what Metamorph asks of the cluster, in the moment in which it asks.</summary>
internal sealed class WatchedControl(IClusterControl inner, Deeds deeds) : IClusterControl
{
    public Task ElectPreferredLeadersAsync(IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken) =>
        inner.ElectPreferredLeadersAsync(partitions, cancellationToken);

    public Task<ImmutableArray<Objection.KafkaRefused>> RaiseFeaturesAsync(
        IReadOnlyDictionary<string, short> levels, bool validateOnly, CancellationToken cancellationToken)
    {
        if (!validateOnly)
        {
            deeds.Raising(levels);
        }

        return inner.RaiseFeaturesAsync(levels, validateOnly, cancellationToken);
    }

    public Task UnregisterBrokerAsync(NodeId broker, CancellationToken cancellationToken)
    {
        deeds.Unregistering(broker);
        return inner.UnregisterBrokerAsync(broker, cancellationToken);
    }

    public Task<ReadOnlyMemory<byte>> ReadDynamicConfigsAsync(CancellationToken cancellationToken) =>
        inner.ReadDynamicConfigsAsync(cancellationToken);
}
