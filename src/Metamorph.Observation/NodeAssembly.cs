using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Nodes;

namespace Metamorph.Observation;

/// <summary>Puts together what a node's machine, the node itself and the cluster said of it.</summary>
/// <param name="machines">By the cluster file.</param>
/// <param name="listed">By the cluster.</param>
/// <param name="quorum">By the quorum's leader: a broker that starts is an observer before it is listed.</param>
internal sealed class NodeAssembly(
    IReadOnlyDictionary<NodeId, Observed<NodeObservation>> machines,
    Observed<BrokerList> listed,
    Observed<Quorum> quorum)
{
    private readonly Dictionary<NodeId, ListedBroker> brokers =
        listed.IsKnown ? listed.Value.Brokers.ToDictionary(broker => broker.Id) : [];

    private readonly HashSet<NodeId> voters = quorum.IsKnown ? [.. quorum.Value.Voters.Select(voter => voter.Id)] : [];

    private readonly HashSet<NodeId> observers = quorum.IsKnown ? [.. quorum.Value.Observers.Select(observer => observer.Id)] : [];

    /// <summary>Every node that the file or the cluster knows.</summary>
    public IEnumerable<NodeId> Ids => machines.Keys.Concat(brokers.Keys).Concat(voters).Distinct().Order();

    /// <summary>The node before it was asked itself, or when it is not.</summary>
    public Node Assemble(NodeId id)
    {
        var isConfigured = machines.TryGetValue(id, out var machine);
        var properties = isConfigured && machine.IsKnown ? machine.Value.Properties : null;
        var broker = brokers.GetValueOrDefault(id);
        return new Node
        {
            Id = id,
            IsConfigured = isConfigured,
            IsBroker = properties?.IsBroker ?? broker is not null,
            IsController = properties?.IsController ?? voters.Contains(id),
            Rack = broker?.Rack ?? properties?.Rack,
            BrokerEndpoint = properties?.BrokerEndpoint ?? broker?.Endpoint,
            ControllerEndpoint = properties?.ControllerEndpoint,
            Process = ProcessOf(isConfigured, machine),
            Installed = isConfigured && machine.IsKnown
                ? machine.Value.Installed
                : Observed<KafkaRelease>.Unknown(machine.Why ?? "it is not in the cluster file"),
            RegistrationEpoch = isConfigured && machine.IsKnown
                ? machine.Value.RegistrationEpoch
                : Observed<long>.Unknown(machine.Why ?? "it is not in the cluster file"),
            Registration = RegistrationOf(id, broker),
            BrokerAnswer = Observed<NodeAnswer>.Unknown(NodeReader.NotAsked),
            ControllerAnswer = Observed<NodeAnswer>.Unknown(NodeReader.NotAsked),
            LogDirs = Observed<ImmutableArray<LogDir>>.Unknown(NodeReader.NotAsked),
        };
    }

    private static Observed<NodeProcess?> ProcessOf(bool isConfigured, Observed<NodeObservation> machine)
    {
        if (!isConfigured || !machine.IsKnown)
        {
            return Observed<NodeProcess?>.Unknown(isConfigured ? machine.Why! : "it is not in the cluster file");
        }

        return machine.Value.OtherPids.Count == 0
            ? Observed<NodeProcess?>.Of(machine.Value.Process)
            : Observed<NodeProcess?>.Unknown(
                $"several processes run with its config: {machine.Value.Process?.Pid}, "
                + string.Join(", ", machine.Value.OtherPids));
    }

    private Observed<BrokerRegistration> RegistrationOf(NodeId id, ListedBroker? broker)
    {
        if (!listed.IsKnown)
        {
            return Observed<BrokerRegistration>.Unknown(listed.Why!);
        }

        if (broker is not null)
        {
            return Observed<BrokerRegistration>.Of(
                broker.IsFenced ? BrokerRegistration.Fenced : BrokerRegistration.Unfenced);
        }

        // Before 4.0 only unfenced brokers are listed; one that fetches metadata is on its way, and not unfenced.
        return Observed<BrokerRegistration>.Of(observers.Contains(id) ? BrokerRegistration.Fenced : BrokerRegistration.Absent);
    }
}
