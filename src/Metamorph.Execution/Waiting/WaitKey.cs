using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Execution;

/// <summary>What objections are about, without the numbers that change at every look.</summary>
internal static class WaitKey
{
    public static ImmutableHashSet<(Type Kind, string About)> Of(IEnumerable<Objection> objections) =>
        [.. objections.Select(objection => (objection.GetType(), AboutOf(objection)))];

    private static string AboutOf(Objection objection) => objection switch
    {
        { About: { } partition } => partition.ToString(),
        Objection.NotKnown unknown => unknown.What,
        Objection.MinIsrUnknown topic => topic.Topic,
        Objection.NodeDown node => node.Node.ToString(),
        Objection.NodeNotServing node => node.Node.ToString(),
        Objection.NotRegistered node => $"{node.Node} {node.Registration}",
        Objection.ReleaseBehind node => $"{node.Node} {node.Running}",
        Objection.VoterBehind node => node.Node.ToString(),
        Objection.MetadataBehind node => node.Node.ToString(),
        Objection.GroupLagging group => group.Group,
        Objection.FeatureMissing feature => $"{feature.Node} {feature.Feature}",
        Objection.KafkaRefused refused => $"{refused.Feature} {refused.Message}",
        Objection.GhostBroker ghost => ghost.Node.ToString(),
        Objection.GhostController ghost => ghost.Node.ToString(),
        Objection.VoterNotRegistered voter => voter.Node.ToString(),
        _ => "",
    };
}
