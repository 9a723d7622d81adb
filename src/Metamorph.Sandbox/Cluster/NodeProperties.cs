using System.Collections.Immutable;

namespace Metamorph.Sandbox;

/// <summary>The <c>server.properties</c> that a node would have been started with.</summary>
internal static class NodeProperties
{
    /// <summary>They stay as they are, and are put together once.</summary>
    public static ImmutableSortedDictionary<string, string> Of(World world, SandboxNode node) => node.Properties ??= Read(world, node);

    /// <summary>As Kafka takes them: the old name of the id and the new one stand for each other.</summary>
    public static IReadOnlyDictionary<string, string> WithBothIds(World world, SandboxNode node) =>
        node.KnownProperties ??= ConfigAnswers.WithBothIds(Of(world, node));

    private static ImmutableSortedDictionary<string, string> Read(World world, SandboxNode node)
    {
        var (broker, controller) = (node.Spec.BrokerEndpoint, node.Spec.ControllerEndpoint);
        var properties = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        properties["node.id"] = $"{node.Id}";
        properties["process.roles"] = (node.IsBroker, node.IsController) switch
        {
            (true, true) => "broker,controller",
            (true, false) => "broker",
            _ => "controller",
        };
        properties["listeners"] = string.Join(',', new[]
        {
            broker is null ? null : $"PLAINTEXT://{broker.Host}:{broker.Port}",
            controller is null ? null : $"CONTROLLER://{controller.Host}:{controller.Port}",
        }.OfType<string>());
        properties["listener.security.protocol.map"] = "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT";
        properties["controller.listener.names"] = "CONTROLLER";
        properties["controller.quorum.voters"] = string.Join(',', world.Nodes.Voters
            .Where(voter => voter.Spec.ControllerEndpoint is not null)
            .Select(voter => $"{voter.Id}@{voter.Spec.ControllerEndpoint!.Host}:{voter.Spec.ControllerEndpoint.Port}"));
        properties["log.dirs"] = string.Join(',', node.Spec.LogDirs.Select(dir => dir.Path));
        if (broker is not null)
        {
            properties["advertised.listeners"] = $"PLAINTEXT://{broker.Host}:{broker.Port}";
        }

        if (node.Spec.Rack is { } rack)
        {
            properties["broker.rack"] = rack;
        }

        foreach (var (key, value) in world.Topology.Properties)
        {
            properties[key] = value;
        }

        return properties.ToImmutable();
    }
}
