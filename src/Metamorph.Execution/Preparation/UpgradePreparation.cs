using System.Collections.Immutable;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Errors;
using Metamorph.Model;
using Metamorph.Nodes;
using Metamorph.Observation;
using Metamorph.Planning;
using Metamorph.Releases;

namespace Metamorph.Execution;

/// <summary>Looks at everything that a plan rests on, judges it, and makes the plan. Nothing is touched.</summary>
/// <param name="client">Reaches the cluster.</param>
/// <param name="observer">Reads the cluster.</param>
/// <param name="drivers">Reach the machines.</param>
public sealed class UpgradePreparation(
    KafkaClient client, IClusterObserver observer, IReadOnlyDictionary<NodeId, INodeDriver> drivers)
{
    /// <exception cref="ClusterUnreachableException">No broker answered.</exception>
    /// <exception cref="NodeUnreachableException">A machine did not answer.</exception>
    public async Task<PreparedUpgrade> PrepareAsync(UpgradeWish wish, CancellationToken cancellationToken)
    {
        var now = await observer.ObserveAsync(SnapshotScope.Full, cancellationToken);
        var facts = new PreflightFacts
        {
            Now = now,
            Target = wish.Target,
            Finalize = wish.Finalize,
            AcceptedUnavailable = wish.AcceptedUnavailable,
            OnMachines = [.. wish.OnMachines, .. await ReleaseFindingsAsync(now, wish, cancellationToken)],
            Properties = await PropertiesAsync(cancellationToken),
            TopicOverrides = await TopicOverridesAsync(now, cancellationToken),
            BrokerOverrides = await BrokerOverridesAsync(now, cancellationToken),
        };
        var findings = Preflight.Find(facts);
        return new PreparedUpgrade(now, findings, findings.Any(finding => finding.Severity == FindingSeverity.Refusal)
            ? null
            : RollPlanner.Plan(new RollRequest
            {
                Cluster = wish.Cluster,
                Now = now,
                Target = wish.Target,
                Finalize = wish.Finalize,
                AcceptedUnavailable = wish.AcceptedUnavailable,
                LagLimits = wish.LagLimits,
                Findings = findings,
            }));
    }

    /// <summary>Can each node that is still to be restarted run the target?</summary>
    private async Task<IEnumerable<Finding>> ReleaseFindingsAsync(ClusterSnapshot now, UpgradeWish wish, CancellationToken cancellationToken)
    {
        var javaMin = JavaRules.MinimumFor(wish.Target.Line);
        if (!javaMin.IsKnown)
        {
            return []; // An unknown target is refused as such.
        }

        var findings = new List<Finding>();
        foreach (var (node, driver) in drivers.OrderBy(driver => driver.Key))
        {
            if (now.Nodes[node].Running is { IsKnown: true } running && running.Value == wish.Target)
            {
                continue;
            }

            findings.AddRange(await driver.CheckReleaseAsync(wish.Target, javaMin.Value, cancellationToken));
        }

        // What is wrong with a release directory is said once, not once per node.
        return findings.Distinct();
    }

    private async Task<ImmutableSortedDictionary<NodeId, ImmutableSortedDictionary<string, string>>> PropertiesAsync(
        CancellationToken cancellationToken)
    {
        var properties = ImmutableSortedDictionary.CreateBuilder<NodeId, ImmutableSortedDictionary<string, string>>();
        foreach (var (node, driver) in drivers)
        {
            properties[node] = (await driver.ObserveAsync(cancellationToken)).Properties.Values;
        }

        return properties.ToImmutable();
    }

    private async Task<Observed<ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>>> TopicOverridesAsync(
        ClusterSnapshot now, CancellationToken cancellationToken)
    {
        if (!now.Topics.IsKnown)
        {
            return Observed<ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>>.Unknown(now.Topics.Why!);
        }

        try
        {
            var names = now.Topics.Value.Select(topic => topic.Name);
            return Observed<ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>>.Of(
                await new ConfigReader(client).TopicOverridesAsync(names, cancellationToken));
        }
        catch (KafkaException e)
        {
            return Observed<ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>>.Unknown(e.Message);
        }
    }

    private async Task<Observed<ImmutableSortedDictionary<NodeId, ImmutableSortedDictionary<string, string>>>> BrokerOverridesAsync(
        ClusterSnapshot now, CancellationToken cancellationToken)
    {
        var overrides = ImmutableSortedDictionary.CreateBuilder<NodeId, ImmutableSortedDictionary<string, string>>();
        try
        {
            foreach (var broker in now.Brokers.Where(broker => broker is { IsServing: true, BrokerEndpoint: not null }))
            {
                overrides[broker.Id] = await new ConfigReader(client).BrokerOverridesAsync(broker.Id, broker.BrokerEndpoint!, cancellationToken);
            }

            return Observed<ImmutableSortedDictionary<NodeId, ImmutableSortedDictionary<string, string>>>.Of(overrides.ToImmutable());
        }
        catch (KafkaException e)
        {
            return Observed<ImmutableSortedDictionary<NodeId, ImmutableSortedDictionary<string, string>>>.Unknown(e.Message);
        }
    }
}

/// <summary>What the operator wants of a roll.</summary>
public sealed record UpgradeWish
{
    /// <summary>The name from the cluster file.</summary>
    public required string Cluster { get; init; }

    public required KafkaRelease Target { get; init; }

    public FinalizePolicy Finalize { get; init; } = FinalizePolicy.Ask;

    public ImmutableSortedSet<string> AcceptedUnavailable { get; init; } = [];

    public ImmutableSortedDictionary<string, long> LagLimits { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>What was found on the machines when the cluster file was checked against them.</summary>
    public ImmutableArray<Finding> OnMachines { get; init; } = [];
}

/// <summary>What was seen and judged, and the plan that follows from it.</summary>
/// <param name="Plan">Null: a finding forbids it.</param>
public sealed record PreparedUpgrade(ClusterSnapshot Now, ImmutableArray<Finding> Findings, UpgradePlan? Plan)
{
    /// <summary>The cluster is as it should be; there is nothing to do.</summary>
    public bool IsDone => Plan is { Steps.IsEmpty: true };

    /// <summary>A node does not answer; what else was found may follow from that.</summary>
    public bool IsUnreachable =>
        Findings.Any(finding => finding is { Severity: FindingSeverity.Refusal, Code: Preflight.NotAnswering });
}
