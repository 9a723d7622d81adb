using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Nodes;

namespace Metamorph.Observation;

/// <summary>Asks every machine of the cluster file what it holds and runs.</summary>
internal sealed class MachineReader(IReadOnlyDictionary<NodeId, INodeDriver> drivers)
{
    /// <summary>Kafka's default of <c>controller.quorum.fetch.timeout.ms</c>.</summary>
    private static readonly TimeSpan DefaultFetchTimeout = TimeSpan.FromSeconds(2);

    /// <param name="only">The one node to ask; null: all.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<ImmutableSortedDictionary<NodeId, Observed<NodeObservation>>> ReadAsync(
        NodeId? only, CancellationToken cancellationToken)
    {
        var machines = ImmutableSortedDictionary.CreateBuilder<NodeId, Observed<NodeObservation>>();
        foreach (var (node, driver) in drivers.Where(pair => only is null || pair.Key == only))
        {
            machines[node] = await ReadAsync(driver, cancellationToken);
        }

        return machines.ToImmutable();
    }

    /// <summary>
    /// The shortest fetch timeout that a controller is configured with: the strictest measure of who is current.
    /// </summary>
    public static TimeSpan FetchTimeoutOf(IEnumerable<Observed<NodeObservation>> machines) =>
        machines.Where(machine => machine is { IsKnown: true, Value.Properties.IsController: true })
            .Select(machine => machine.Value.Properties.QuorumFetchTimeout)
            .DefaultIfEmpty(DefaultFetchTimeout)
            .Min();

    private static async Task<Observed<NodeObservation>> ReadAsync(
        INodeDriver driver, CancellationToken cancellationToken)
    {
        try
        {
            return Observed<NodeObservation>.Of(await driver.ObserveAsync(cancellationToken));
        }
        catch (NodeException e)
        {
            return Observed<NodeObservation>.Unknown(e.Message);
        }
    }
}
