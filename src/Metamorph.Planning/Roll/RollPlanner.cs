using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Releases;

namespace Metamorph.Planning;

/// <summary>Makes the plan of a roll: in place, one node at a time, the finalisation as its own steps at the end.</summary>
/// <remarks>Pure: the same snapshot and wishes give the same plan. It expects a snapshot that <see cref="Preflight"/> let pass.</remarks>
public static class RollPlanner
{
    /// <summary>What one restart takes where nothing else is known: stop 3 s, start 4 s, catch-up and stable reads 3 s.</summary>
    /// <remarks>Measured on small nodes; large ones take longer, and the forecast of a running upgrade follows what was seen.</remarks>
    private static readonly TimeSpan RestartForecast = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FinalizeForecast = TimeSpan.FromSeconds(1);

    public static UpgradePlan Plan(RollRequest request)
    {
        var restarts = Restarts(request);
        var finalisation = Finalisation(request);
        ImmutableArray<Step> deeds = [.. restarts, .. finalisation];
        ImmutableArray<Step> steps = deeds.IsEmpty
            ? []
            : [new Step.BackUpConfigs(new("back-up-configs")), .. deeds, new Step.VerifyEnd(new("verify-end"), request.Target)];

        return new UpgradePlan
        {
            Cluster = request.Cluster,
            ClusterId = request.Now.ClusterId,
            MadeAt = request.Now.TakenAt,
            From = LowestRelease(request),
            To = request.Target,
            Finalize = request.Finalize,
            Steps = steps,
            Findings = request.Findings,
            AcceptedUnavailable = request.AcceptedUnavailable,
            DownAtStart = [.. request.Now.Nodes.Values.Where(node => node.Process is { IsKnown: true, Value: null }).Select(node => node.Id)],
            LagLimits = LagLimitsOf(request),
            FeaturesBefore = request.Now.Features.IsKnown
                ? request.Now.Features.Value.Levels
                : ImmutableSortedDictionary<string, short>.Empty,
            Forecast = (restarts.Length * RestartForecast) + (finalisation.Length * FinalizeForecast),
        };
    }

    private static ImmutableArray<Step.RestartNode> Restarts(RollRequest request)
    {
        var now = request.Now;
        var order = ToRestart(now, request.Target);
        var again = request.Finalize.Mode == FinalizeMode.Never ? [] : RegisterAgain.Foresee(now, order, request.Target);
        return
        [
            .. order.Select(id => new Step.RestartNode(
                new($"restart-{id}"), id, RollOrder.PhaseOf(now.Nodes[id]), ReleaseOf(now.Nodes[id]), request.Target, RestartReason.Upgrade)),
            .. again.Select(id => new Step.RestartNode(
                new($"register-again-{id}"), id, RollPhase.RegisterAgain, request.Target, request.Target, RestartReason.RegisterAgain)),
        ];
    }

    /// <summary>The nodes that do not run the target, in their order. One that is down does not, whatever its home points to.</summary>
    internal static ImmutableArray<NodeId> ToRestart(ClusterSnapshot now, KafkaRelease target) => RollOrder.Of(
        now,
        now.Nodes.Values
            .Where(node => node.IsConfigured && !(node.Running.IsKnown && node.Running.Value == target))
            .Select(node => node.Id));

    private static ImmutableArray<Step> Finalisation(RollRequest request)
    {
        if (request.Finalize.Mode == FinalizeMode.Never || !request.Now.Features.IsKnown)
        {
            return [];
        }

        var features = FeatureSteps(request.Now.Features.Value, request.Target.Line);
        return features.IsEmpty
            ? []
            : [new Step.AwaitApproval(new("await-approval"), request.Finalize), .. Ghosts(request.Now), .. features];
    }

    /// <summary><c>metadata.version</c> first: the others depend on it.</summary>
    private static ImmutableArray<Step> FeatureSteps(FinalizedFeatures now, ReleaseLine target) =>
    [
        .. ReleaseCatalog.FeaturesFinalizedByDefault(target).Value
            .Where(wanted => now.LevelOf(wanted.Key) < wanted.Value)
            .OrderByDescending(wanted => wanted.Key == KafkaFeatures.MetadataVersion)
            .ThenBy(wanted => wanted.Key, StringComparer.Ordinal)
            .Select(wanted => new Step.FinalizeFeature(
                new($"finalize-{wanted.Key}"), wanted.Key, now.LevelOf(wanted.Key), wanted.Value)),
    ];

    private static IEnumerable<Step> Ghosts(ClusterSnapshot now) =>
        now.Brokers
            .Where(node => !node.IsConfigured && node.Registration is { IsKnown: true, Value: BrokerRegistration.Fenced })
            .Select(node => new Step.UnregisterGhost(new($"unregister-{node.Id}"), node.Id));

    private static ImmutableSortedDictionary<string, long> LagLimitsOf(RollRequest request)
    {
        var groups = request.Now.Groups.IsKnown ? request.Now.Groups.Value : [];
        return groups
            .Where(group => group.Lag.IsKnown)
            .GroupBy(group => group.Id) // Two brokers list it while its coordinator moves.
            .ToImmutableSortedDictionary(group => group.Key, group => LagLimits.Derived(group.Max(seen => seen.Lag.Value)))
            .SetItems(request.LagLimits);
    }

    private static KafkaRelease LowestRelease(RollRequest request) =>
        request.Now.Nodes.Values.Where(node => node.IsConfigured).Select(ReleaseOf).Min();

    /// <summary>What runs; for a node that is down, what its home points to.</summary>
    /// <exception cref="InvalidOperationException">It is not known: <see cref="Preflight"/> has refused that.</exception>
    private static KafkaRelease ReleaseOf(Node node) => ReleaseChecks.ReleaseOf(node).Value;
}
