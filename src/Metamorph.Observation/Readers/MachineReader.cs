using Metamorph.Model;
using Metamorph.Nodes;

namespace Metamorph.Observation;

/// <summary>Asks every machine of the cluster file what it holds and runs.</summary>
internal sealed class MachineReader(IReadOnlyDictionary<NodeId, INodeDriver> drivers)
{
    /// <summary>Kafka's default of <c>controller.quorum.fetch.timeout.ms</c>.</summary>
    private static readonly TimeSpan DefaultFetchTimeout = TimeSpan.FromSeconds(2);

    private readonly SortedDictionary<NodeId, TimeSpan> fetchTimeouts = [];

    /// <summary>
    /// The shortest fetch timeout that a controller is configured with: the strictest measure of who is current. One that
    /// was not asked this time counts as it was read last.
    /// </summary>
    public TimeSpan FetchTimeout => fetchTimeouts.Count > 0 ? fetchTimeouts.Values.Min() : DefaultFetchTimeout;

    /// <param name="only">The one node to ask, and nothing is known of the others; null: all.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<IReadOnlyDictionary<NodeId, Observed<NodeObservation>>> ReadAsync(
        NodeId? only, CancellationToken cancellationToken)
    {
        var machines = new Dictionary<NodeId, Observed<NodeObservation>>(drivers.Count);
        foreach (var (node, driver) in drivers)
        {
            machines[node] = only is null || node == only
                ? await ReadAsync(driver, cancellationToken)
                : Observed<NodeObservation>.Unknown(NodeReader.NotAsked);
            if (machines[node] is { IsKnown: true, Value.Properties: { IsController: true } properties })
            {
                fetchTimeouts[node] = properties.QuorumFetchTimeout;
            }
        }

        return machines;
    }

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
