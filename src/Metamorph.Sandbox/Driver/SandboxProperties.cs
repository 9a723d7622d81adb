using System.Collections.Immutable;
using System.Globalization;
using Metamorph.Nodes;

namespace Metamorph.Sandbox;

/// <summary>The <c>server.properties</c> that a node of the sandbox would have.</summary>
internal static class SandboxProperties
{
    public static ServerProperties Of(SandboxTopology topology, NodeSpec node)
    {
        var values = ValuesOf(topology, node).ToImmutableSortedDictionary(StringComparer.Ordinal);
        return new ServerProperties(string.Concat(values.Select(value => $"{value.Key}={value.Value}\n")), values);
    }

    private static Dictionary<string, string> ValuesOf(SandboxTopology topology, NodeSpec node)
    {
        var controllers = topology.Nodes.Where(spec => spec.IsController).Select(spec => $"{spec.Id}@{spec.ControllerEndpoint}");
        string[] roles = [.. node.IsBroker ? ["broker"] : Array.Empty<string>(), .. node.IsController ? ["controller"] : Array.Empty<string>()];
        string[] listeners =
        [
            .. node.BrokerEndpoint is { } broker ? [$"PLAINTEXT://{broker}"] : Array.Empty<string>(),
            .. node.ControllerEndpoint is { } controller ? [$"CONTROLLER://{controller}"] : Array.Empty<string>(),
        ];
        var values = new Dictionary<string, string>(topology.Properties)
        {
            ["process.roles"] = string.Join(',', roles),
            ["node.id"] = node.Id.Value.ToString(CultureInfo.InvariantCulture),
            ["controller.quorum.voters"] = string.Join(',', controllers),
            ["controller.listener.names"] = "CONTROLLER",
            ["listeners"] = string.Join(',', listeners),
            ["listener.security.protocol.map"] = "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            ["log.dirs"] = string.Join(',', node.LogDirs.Select(dir => dir.Path)),
        };
        if (node.Rack is { } rack)
        {
            values["broker.rack"] = rack;
        }

        return values;
    }
}
