using System.Collections.Immutable;

namespace Metamorph.Sandbox;

/// <summary>Sets a cluster up as if it had been running for long.</summary>
internal static class ClusterStart
{
    public static void Of(World world)
    {
        var running = world.Nodes.All.Where(node => node.Spec is { IsRunning: true, IsRegistered: true }).ToList();
        running.ForEach(node => world.Nodes.Settle(node));
        foreach (var (feature, level) in FeaturesOf(world))
        {
            world.Metadata.SetFeature(feature, level);
        }

        foreach (var node in world.Nodes.Brokers.Where(node => node.Spec.IsRegistered))
        {
            Register(world, node);
        }

        if (MetadataRules.HasEligibleLeaderReplicas(world.Metadata.Features.Now))
        {
            world.Controller.Configs.FixMinIsr();
        }

        foreach (var topic in world.Topology.Topics)
        {
            world.Controller.Topics.Install(topic);
        }

        foreach (var node in running.Where(node => node.IsBroker))
        {
            node.Life!.Applied = world.Metadata.End;
            node.Life.IsRecovered = true;
        }

        world.Replication.Weigh();
        world.Quorum.Settle();
        foreach (var node in running)
        {
            node.WasClosedCleanly = false;
            world.Nodes.TurnListeners(node);
            if (node.IsBroker)
            {
                world.Nodes.BeginHeartbeats(node);
                world.Replication.Loaded(node, node.Life!);
                world.Replication.ExpireIsrs(node, node.Life!);
            }
        }
    }

    private static ImmutableSortedDictionary<string, short> FeaturesOf(World world) =>
        world.Topology.Features
        ?? ReleaseProfile.Of(world.Topology.Nodes.Min(spec => spec.Release)).FinalizedByNewCluster;

    private static void Register(World world, SandboxNode node)
    {
        var profile = ReleaseProfile.Of(node.Installed);
        var epoch = world.Metadata.End + 1;
        world.Metadata.Put(new BrokerRecord
        {
            Id = node.Id.Value,
            Epoch = epoch,
            Incarnation = node.Life?.Incarnation ?? world.Entropy.NextGuid(),
            IsFenced = node.Life is null,
            Features = profile.FeaturesRegisteredWith(profile),
            Rack = node.Spec.Rack,
            Endpoint = node.Spec.BrokerEndpoint!,
        });
        if (node.Life is { } life)
        {
            life.BrokerEpoch = epoch;
        }
    }
}
