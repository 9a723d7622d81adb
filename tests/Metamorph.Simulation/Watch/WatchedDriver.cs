using Metamorph.Model;
using Metamorph.Nodes;

namespace Metamorph.Simulation;

/// <summary>Lets the invariants see what Metamorph asks of a machine, in the moment in which it asks.</summary>
internal sealed class WatchedDriver(INodeDriver inner, Invariants invariants) : INodeDriver
{
    public NodeId Node => inner.Node;

    public Task<NodeObservation> ObserveAsync(CancellationToken cancellationToken) => inner.ObserveAsync(cancellationToken);

    public Task<IReadOnlyList<Finding>> CheckReleaseAsync(KafkaRelease release, int javaMin, CancellationToken cancellationToken) =>
        inner.CheckReleaseAsync(release, javaMin, cancellationToken);

    public Task<StopOutcome> StopAsync(int pid, TimeSpan patience, CancellationToken cancellationToken)
    {
        invariants.Deeds.Stopping(Node, pid);
        invariants.Stopping(Node);
        return inner.StopAsync(pid, patience, cancellationToken);
    }

    public async Task<int> StartAsync(KafkaRelease release, CancellationToken cancellationToken)
    {
        invariants.Deeds.Starting(Node, release);
        invariants.Starting(Node);
        var pid = await inner.StartAsync(release, cancellationToken);
        invariants.Deeds.Started.Add((Node, pid));
        return pid;
    }

    public Task<LogExcerpt> ReadLogAsync(long from, CancellationToken cancellationToken) => inner.ReadLogAsync(from, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
