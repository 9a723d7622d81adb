using Metamorph.Model;
using Metamorph.Observation;

namespace Metamorph.Simulation;

/// <summary>Lets the invariants know when Metamorph looks.</summary>
internal sealed class WatchedObserver(IClusterObserver inner, Invariants invariants) : IClusterObserver
{
    public Task<ClusterSnapshot> ObserveAsync(SnapshotScope scope, CancellationToken cancellationToken)
    {
        if (scope.HasFlag(SnapshotScope.Safety))
        {
            invariants.Looking();
        }

        return inner.ObserveAsync(scope, cancellationToken);
    }

    public Task<ClusterSnapshot> ObserveNodeAsync(NodeId node, SnapshotScope scope, CancellationToken cancellationToken) =>
        inner.ObserveNodeAsync(node, scope, cancellationToken);
}
